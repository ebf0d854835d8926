"""The ad analytics application: settings, SQL files and the wiring of the Flink job."""
