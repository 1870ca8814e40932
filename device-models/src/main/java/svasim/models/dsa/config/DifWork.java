package svasim.models.dsa.config;

import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * The data integrity fields of an operation: one tuple of eight bytes for each block.
 *
 * @param block bytes of a block without its tuple: 512, 520, 4096 or 4104
 * @param seeded whether the guard's checksum starts at ffff instead of 0
 * @param inverted whether the guard is the inverted checksum
 * @param tags of the tuples that are read, or that are written if none are read
 * @param newTags of the tuples that an update writes
 * @source block, seeded, inverted, tags, newTags: the flags of a descriptor that are zero
 *     (include/uapi/linux/idxd.h and DML)
 */
public record DifWork(ByteSize block, Boolean seeded, Boolean inverted, Tags tags, Tags newTags) {
    /** All defaults. */
    static final DifWork DEFAULT = new DifWork(null, null, null, null, null);

    private static final int SEEDED = 1 << 2;
    private static final int INVERTED = 1 << 3;

    public DifWork {
        block = block == null ? new ByteSize(512) : block;
        seeded = seeded != null && seeded;
        inverted = inverted != null && inverted;
        tags = tags == null ? Tags.DEFAULT : tags;
        newTags = newTags == null ? tags : newTags;
        Require.that(sizeIndex(block) >= 0, "block", block, "512 B, 520 B, 4096 B or 4104 B");
    }

    /**
     * What the tags of consecutive blocks are.
     *
     * @param reference tag of the first block; the next one's is larger by one
     * @param application tag of the first block
     * @param mask bits of the application tag that nobody looks at
     * @param fixedReference whether all blocks have the same reference tag
     * @param countingApplication whether the application tag grows from block to block as well
     * @source reference, application, mask, fixedReference, countingApplication: the fields of a
     *     descriptor that are zero
     */
    public record Tags(
            Long reference,
            Integer application,
            Integer mask,
            Boolean fixedReference,
            Boolean countingApplication) {
        static final Tags DEFAULT = new Tags(null, null, null, null, null);

        private static final int COUNTING_APPLICATION = 0x10;
        private static final int FIXED_REFERENCE = 0x80;

        public Tags {
            reference = reference == null ? 0 : reference;
            application = application == null ? 0 : application;
            mask = mask == null ? 0 : mask;
            fixedReference = fixedReference != null && fixedReference;
            countingApplication = countingApplication != null && countingApplication;
            Require.range("reference", reference, 0, 0xffff_ffffL);
            Require.range("application", application, 0, 0xffff);
            Require.range("mask", mask, 0, 0xffff);
        }

        /** The byte of flags of a descriptor, which is the same for what is read and written. */
        public int flags() {
            return (fixedReference ? FIXED_REFERENCE : 0)
                    | (countingApplication ? COUNTING_APPLICATION : 0);
        }

        /** The field of a descriptor. */
        public long field() {
            return reference | (long) mask << 32 | (long) application << 48;
        }
    }

    /** The byte of a descriptor with size of the blocks and kind of the guard. */
    public int flags() {
        return sizeIndex(block) | (seeded ? SEEDED : 0) | (inverted ? INVERTED : 0);
    }

    private static int sizeIndex(ByteSize block) {
        return switch ((int) block.bytes()) {
            case 512 -> 0;
            case 520 -> 1;
            case 4096 -> 2;
            case 4104 -> 3;
            default -> -1;
        };
    }
}
