package svasim.models.dsa.device;

/**
 * A descriptor that has come to its end.
 *
 * @param engine number of the engine that carried it out, -1 if none took it
 */
record Ending(Work work, int engine, Outcome outcome) {}
