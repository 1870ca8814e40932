package svasim.models.dsa.config;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.units.Bandwidth;

/** Configurations that differ from the default in a few things. */
public final class Configs {
    private Configs() {}

    /** These queues, numbered from 0. */
    public static Map<String, QueueConfig> named(QueueConfig... queues) {
        Map<String, QueueConfig> byName = new LinkedHashMap<>();
        for (QueueConfig queue : queues) {
            byName.put("wq" + byName.size(), queue);
        }
        return byName;
    }

    public static DsaConfig queues(QueueConfig... queues) {
        return new DsaConfig(
                named(queues),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** One engine that works on one descriptor at a time. */
    public static DsaConfig oneEngine(QueueConfig... queues) {
        return new DsaConfig(
                named(queues),
                null,
                null,
                1,
                1,
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A dedicated queue. */
    /** One engine that moves so many bytes per second, and the default queues. */
    public static DsaConfig slow(long bytesPerSecond) {
        return new DsaConfig(
                null,
                null,
                null,
                1,
                null,
                null,
                null,
                new Bandwidth(bytesPerSecond),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public static QueueConfig sized(int size) {
        return new QueueConfig(null, null, size, null, null, null, null, null, null, null);
    }

    public static QueueConfig shared(int size, int threshold) {
        return new QueueConfig(
                QueueConfig.Mode.SHARED, null, size, threshold, null, null, null, null, null, null);
    }

    public static QueueConfig withPriority(int priority) {
        return new QueueConfig(null, null, 16, null, priority, null, null, null, null, null);
    }

    /** The second generation with these queues. */
    public static DsaConfig secondGeneration(QueueConfig... queues) {
        return new DsaConfig(
                named(queues),
                null,
                2,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A device that halts with its descriptor of this number. */
    public static DsaConfig haltingAfter(int descriptors, DsaConfig.HaltReset reset) {
        return new DsaConfig(
                null,
                null,
                2,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                descriptors,
                reset);
    }

    /** A dedicated queue without page requests. */
    public static QueueConfig withoutPageRequests() {
        return new QueueConfig(null, null, 16, null, null, null, null, true, null, null);
    }

    /** A dedicated queue whose accesses are sent untranslated. */
    public static QueueConfig withoutAts() {
        return new QueueConfig(null, null, 16, null, null, null, true, null, null, null);
    }
}
