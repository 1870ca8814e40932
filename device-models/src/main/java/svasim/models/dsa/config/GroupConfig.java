package svasim.models.dsa.config;

import svasim.units.Require;

/**
 * A group of work queues and engines; absent keys take these defaults.
 *
 * @param engines how many engines it has; the groups take them in turn, the first group the first
 *     ones
 * @param descProgressLimit how often the number of descriptors that each engine works on at once is
 *     halved, 0 to 3
 * @param batchProgressLimit the same for batches
 */
public record GroupConfig(Integer engines, Integer descProgressLimit, Integer batchProgressLimit) {
    private static final int MOST_HALVINGS = 3;

    public GroupConfig {
        engines = engines == null ? 1 : engines;
        descProgressLimit = descProgressLimit == null ? 0 : descProgressLimit;
        batchProgressLimit = batchProgressLimit == null ? 0 : batchProgressLimit;
        Require.range("engines", engines, 1, DsaConfig.ENGINES);
        Require.range("descProgressLimit", descProgressLimit, 0, MOST_HALVINGS);
        Require.range("batchProgressLimit", batchProgressLimit, 0, MOST_HALVINGS);
    }
}
