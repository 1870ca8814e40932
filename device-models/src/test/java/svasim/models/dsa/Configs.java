package svasim.models.dsa;

import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations that differ from the default in a few things. */
final class Configs {
    private Configs() {}

    /** These queues, numbered from 0. */
    static Map<String, QueueConfig> named(QueueConfig... queues) {
        Map<String, QueueConfig> byName = new LinkedHashMap<>();
        for (QueueConfig queue : queues) {
            byName.put("wq" + byName.size(), queue);
        }
        return byName;
    }

    static DsaConfig queues(QueueConfig... queues) {
        return new DsaConfig(named(queues), null, null, null, null, null, null, null, null);
    }

    /** One engine that works on one descriptor at a time. */
    static DsaConfig oneEngine(QueueConfig... queues) {
        return new DsaConfig(named(queues), 1, 1, null, null, null, null, null, null);
    }

    /** A dedicated queue. */
    static QueueConfig sized(int size) {
        return new QueueConfig(null, size, null, null, null, null, null, null);
    }

    static QueueConfig shared(int size, int threshold) {
        return new QueueConfig(
                QueueConfig.Mode.SHARED, size, threshold, null, null, null, null, null);
    }

    static QueueConfig withPriority(int priority) {
        return new QueueConfig(null, 16, null, priority, null, null, null, null);
    }
}
