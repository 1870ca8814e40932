package svasim.os.task;

import svasim.units.Picoseconds;

/**
 * Times of the scheduler; absent keys take these defaults (assumed).
 *
 * @param contextSwitch time from one task to another on a core
 * @param wakeUp time from a wake-up to the task being ready to run
 * @param timeSlice time after which a task makes room for another of its priority
 * @param gracePeriod time of RCU or SRCU until all readers that began before have ended
 */
public record SchedulerConfig(
        Picoseconds contextSwitch,
        Picoseconds wakeUp,
        Picoseconds timeSlice,
        Picoseconds gracePeriod) {
    public SchedulerConfig {
        contextSwitch = contextSwitch == null ? Picoseconds.ofNanos(1_200) : contextSwitch;
        wakeUp = wakeUp == null ? Picoseconds.ofNanos(1_500) : wakeUp;
        timeSlice = timeSlice == null ? Picoseconds.ofMicros(3_000) : timeSlice;
        gracePeriod = gracePeriod == null ? Picoseconds.ofMicros(20) : gracePeriod;
    }

    public static SchedulerConfig defaults() {
        return new SchedulerConfig(null, null, null, null);
    }
}
