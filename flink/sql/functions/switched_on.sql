-- Whether a rule is switched on: the setting itself, but not a constant to the planner.
--
-- Why: the planner leaves out what only a switched-off rule reads. An operator could then disappear from the job together with
-- its state. A rule that is off only leaves its rows out.
CREATE TEMPORARY FUNCTION SWITCHED_ON AS 'adanalytics.table.SwitchedOn' LANGUAGE JAVA
