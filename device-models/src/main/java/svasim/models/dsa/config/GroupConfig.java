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
 * @param readBuffersReserved read buffers that no other group can take, 0 to 255
 * @param readBuffersAllowed most read buffers that the group may hold, 1 to 255; 0 for no limit
 * @param useReadBufferLimit whether the device's {@code readBufferLimit} holds for the group
 * @source engines: chosen
 * @source descProgressLimit, batchProgressLimit, readBuffersReserved, readBuffersAllowed,
 *     useReadBufferLimit: drivers/dma/idxd: no limits
 */
public record GroupConfig(
        Integer engines,
        Integer descProgressLimit,
        Integer batchProgressLimit,
        Integer readBuffersReserved,
        Integer readBuffersAllowed,
        Boolean useReadBufferLimit) {
    private static final int MOST_HALVINGS = 3;
    private static final int MOST_BUFFERS = 0xff;

    public GroupConfig {
        engines = engines == null ? 1 : engines;
        descProgressLimit = descProgressLimit == null ? 0 : descProgressLimit;
        batchProgressLimit = batchProgressLimit == null ? 0 : batchProgressLimit;
        readBuffersReserved = readBuffersReserved == null ? 0 : readBuffersReserved;
        readBuffersAllowed = readBuffersAllowed == null ? 0 : readBuffersAllowed;
        useReadBufferLimit = useReadBufferLimit != null && useReadBufferLimit;
        Require.range("readBuffersReserved", readBuffersReserved, 0, MOST_BUFFERS);
        Require.range("readBuffersAllowed", readBuffersAllowed, 0, MOST_BUFFERS);
        Require.range("engines", engines, 1, DsaConfig.ENGINES);
        Require.range("descProgressLimit", descProgressLimit, 0, MOST_HALVINGS);
        Require.range("batchProgressLimit", batchProgressLimit, 0, MOST_HALVINGS);
    }
}
