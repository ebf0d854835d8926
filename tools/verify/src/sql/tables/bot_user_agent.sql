-- The user agents among the events that are on the list of known bots.
CREATE TABLE bot_user_agent (user_agent VARCHAR PRIMARY KEY)
