package svasim.models.dsa.config;

import svasim.models.dsa.layout.Wqcfg;
import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * How the driver configures a work queue, in the words of the attributes that accel-config writes;
 * absent keys take these defaults.
 *
 * @param mode who may submit, and how
 * @param groupId number of its group, in the order of the groups
 * @param size descriptors that the queue holds
 * @param threshold entries that programs may take of a shared queue, 1 to size, by default all but
 *     one; the rest is for the kernel
 * @param priority weight in the group, 1 to 15: as many descriptors are taken, compared with the
 *     group's other queues that have work
 * @param blockOnFault whether descriptors may wait for missing pages
 * @param atsDisable whether accesses are sent untranslated
 * @param prsDisable whether missing pages are never asked for
 * @param maxTransferSize largest transfer, a power of two
 * @param maxBatchSize most descriptors of a batch, a power of two
 * @source mode, groupId, size, priority: chosen: accel-config leaves them to the administrator
 * @source threshold: accel-config: one less than the size at most, so that the kernel has an entry
 * @source blockOnFault: chosen, as in accel-config's example profiles
 * @source atsDisable, prsDisable: drivers/dma/idxd: both off
 * @source maxTransferSize, maxBatchSize: include/uapi/linux/idxd.h and DML for Sapphire Rapids: 2
 *     GiB and 1024
 */
public record QueueConfig(
        Mode mode,
        Integer groupId,
        Integer size,
        Integer threshold,
        Integer priority,
        Boolean blockOnFault,
        Boolean atsDisable,
        Boolean prsDisable,
        ByteSize maxTransferSize,
        Integer maxBatchSize) {
    /** Who submits to a queue. */
    public enum Mode {
        /** One process, with posted writes; its PASID stands in the queue's configuration. */
        DEDICATED,
        /** Several, with deferrable writes that carry the PASID. */
        SHARED
    }

    private static final int MAX_PRIORITY = 15;

    public QueueConfig {
        mode = mode == null ? Mode.DEDICATED : mode;
        groupId = groupId == null ? 0 : groupId;
        size = size == null ? 32 : size;
        priority = priority == null ? 10 : priority;
        blockOnFault = blockOnFault == null || blockOnFault;
        atsDisable = atsDisable != null && atsDisable;
        prsDisable = prsDisable != null && prsDisable;
        maxTransferSize = maxTransferSize == null ? new ByteSize(1L << 31) : maxTransferSize;
        Require.range("groupId", groupId, 0, DsaConfig.GROUPS - 1);
        Require.range("size", size, 1, DsaConfig.TOTAL_ENTRIES);
        Require.that(
                threshold == null || mode == Mode.SHARED,
                "threshold",
                threshold,
                "nothing: only a shared queue has one");
        if (mode == Mode.SHARED) {
            threshold = threshold == null ? Math.max(1, size - 1) : threshold;
            Require.range("threshold", threshold, 1, size);
        }
        Require.range("priority", priority, 1, MAX_PRIORITY);
        maxBatchSize = maxBatchSize == null ? 1 << DsaConfig.MAX_BATCH_SHIFT : maxBatchSize;
        Require.powerOfTwo("maxBatchSize", maxBatchSize);
        Require.range("maxBatchSize", maxBatchSize, 2, 1 << DsaConfig.MAX_BATCH_SHIFT);
        Require.powerOfTwo("maxTransferSize", maxTransferSize.bytes());
        Require.range("maxTransferSize", maxTransferSize.bytes(), 1 << 12, 1L << 31);
    }

    /** All defaults. */
    public QueueConfig() {
        this(null, null, null, null, null, null, null, null, null, null);
    }

    /** The same in another group. */
    QueueConfig inGroup(int other) {
        return new QueueConfig(
                mode,
                other,
                size,
                threshold,
                priority,
                blockOnFault,
                atsDisable,
                prsDisable,
                maxTransferSize,
                maxBatchSize);
    }

    public boolean isShared() {
        return mode == Mode.SHARED;
    }

    /** What the driver writes for the queue as long as it is not given to a PASID. */
    public Wqcfg toRegisters() {
        int bits = isShared() ? Wqcfg.PASID_ENABLE : Wqcfg.DEDICATED;
        bits |= blockOnFault ? Wqcfg.BLOCK_ON_FAULT : 0;
        bits |= atsDisable ? Wqcfg.ATS_DISABLE : 0;
        bits |= prsDisable ? Wqcfg.PRS_DISABLE : 0;
        return new Wqcfg()
                .size(size)
                .threshold(isShared() ? threshold : 0)
                .mode(bits, priority)
                .limits(
                        Long.numberOfTrailingZeros(maxTransferSize.bytes()),
                        Integer.numberOfTrailingZeros(maxBatchSize));
    }
}
