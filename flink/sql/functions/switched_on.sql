-- Whether a rule is switched on: returns the setting, but the planner does not treat it as a constant.
--
-- Why: with a constant, the planner removes everything that only a switched-off rule reads. An operator could then disappear
-- from the job together with its state. With this function, a rule that is off only emits no rows.
CREATE TEMPORARY FUNCTION SWITCHED_ON AS 'adanalytics.table.SwitchedOn' LANGUAGE JAVA
