package svasim.models.dsa.layout;

import svasim.device.Words;

/**
 * The 64 bytes of a work descriptor ({@code struct dsa_hw_desc}); knows where each field is, not
 * what it means. Never changes.
 */
public final class Descriptor {
    public static final int BYTES = 64;

    private static final int PASID_MASK = 0xf_ffff;
    private static final int FLAGS_MASK = 0xff_ffff;

    private final byte[] bytes;

    /** Takes over an array of {@link #BYTES} bytes. */
    public Descriptor(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("descriptor of " + bytes.length + " bytes");
        }
        this.bytes = bytes;
    }

    public int pasid() {
        return Words.u32(bytes, 0) & PASID_MASK;
    }

    public boolean privileged() {
        return Words.u32(bytes, 0) < 0;
    }

    public int flags() {
        return Words.u32(bytes, 4) & FLAGS_MASK;
    }

    public boolean has(int flag) {
        return (flags() & flag) != 0;
    }

    public int opcode() {
        return bytes[7] & 0xff;
    }

    public long completionAddress() {
        return Words.u64(bytes, 8);
    }

    /** Source 1, pattern of fill, or first read-back address. */
    public long source() {
        return Words.u64(bytes, 16);
    }

    /** Destination, source 2, pattern of compare pattern, or second read-back address. */
    public long destination() {
        return Words.u64(bytes, 24);
    }

    /** Transfer size in bytes, unsigned. */
    public long size() {
        return Words.u32(bytes, 32) & 0xffff_ffffL;
    }

    public int interruptHandle() {
        return Words.u16(bytes, 36);
    }

    /** Bytes 38 and 39, which must be zero. */
    public int reserved() {
        return Words.u16(bytes, 38);
    }

    /** Compare and compare pattern. */
    public int expectedResult() {
        return bytes[40] & 0xff;
    }

    /** Dualcast. */
    public long destination2() {
        return Words.u64(bytes, 40);
    }

    /** Fill: upper half of a pattern of 16 bytes. */
    public long patternHigh() {
        return Words.u64(bytes, 40);
    }

    /** Create delta: where the delta record goes. */
    public long deltaAddress() {
        return Words.u64(bytes, 40);
    }

    /** Create delta: most bytes of the delta record, unsigned. */
    public long deltaLimit() {
        return Words.u32(bytes, 48) & 0xffff_ffffL;
    }

    /** Create delta: one bit for each result that counts as expected. */
    public int expectedResults() {
        return bytes[56];
    }

    /** Apply delta: bytes of the delta record, unsigned. */
    public long deltaSize() {
        return Words.u32(bytes, 40) & 0xffff_ffffL;
    }

    /** Translation fetch: from one address to the next, unsigned. */
    public long stride() {
        return Words.u32(bytes, 48) & 0xffff_ffffL;
    }

    /** CRC: where the seed is if {@link Flags#CRC_READ_SEED} is set. */
    public long crcSeedAddress() {
        return Words.u64(bytes, 48);
    }

    /** Data integrity: flags of the tuples that are read. */
    public int sourceDifFlags() {
        return bytes[40] & 0xff;
    }

    /** Data integrity: flags of the tuples that are written. */
    public int destinationDifFlags() {
        return bytes[41] & 0xff;
    }

    /** Data integrity: size of blocks and kind of guard. */
    public int difFlags() {
        return bytes[42] & 0xff;
    }

    /** Data integrity: reference tag, application tag mask and application tag to be read. */
    public long sourceTags() {
        return Words.u64(bytes, 48);
    }

    /** Data integrity: the same of the tuples that are written. */
    public long destinationTags() {
        return Words.u64(bytes, 56);
    }

    /** CRC generation and copy with CRC. */
    public int crcSeed() {
        return Words.u32(bytes, 40);
    }

    /** A copy of the 64 bytes, as MOVDIR64B writes them to a portal. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    public static Builder builder(Opcode opcode) {
        byte[] bytes = new byte[BYTES];
        bytes[7] = (byte) opcode.code();
        return new Builder(bytes);
    }

    /** Fills in the fields of a copy. */
    public Builder toBuilder() {
        return new Builder(bytes.clone());
    }

    /** Fills in the fields of a descriptor; what is not set is 0. */
    public static final class Builder {
        private final byte[] bytes;

        public Builder(byte[] bytes) {
            this.bytes = bytes;
        }

        public Builder pasid(int pasid) {
            return put(0, 4, pasid);
        }

        public Builder flags(int flags) {
            return put(4, 3, flags);
        }

        public Builder completionAddress(long address) {
            return put(8, 8, address);
        }

        public Builder source(long address) {
            return put(16, 8, address);
        }

        public Builder destination(long address) {
            return put(24, 8, address);
        }

        public Builder size(long size) {
            return put(32, 4, size);
        }

        public Builder expectedResult(int result) {
            return put(40, 1, result);
        }

        public Builder destination2(long address) {
            return put(40, 8, address);
        }

        /** Clears a flag. */
        public Builder without(int flag) {
            return flags(new Descriptor(bytes).flags() & ~flag);
        }

        public Builder patternHigh(long pattern) {
            return put(40, 8, pattern);
        }

        /** Create delta: place and greatest size of the record. */
        public Builder deltaRecord(long address, long limit) {
            return put(40, 8, address).put(48, 4, limit);
        }

        public Builder expectedResults(int mask) {
            return put(56, 1, mask);
        }

        public Builder deltaSize(long size) {
            return put(40, 4, size);
        }

        public Builder stride(long stride) {
            return put(48, 4, stride);
        }

        public Builder crcSeedAddress(long address) {
            return put(48, 8, address);
        }

        /** Flags of tuples that are read and written, and size and guard of blocks. */
        public Builder dif(int source, int destination, int blocks) {
            return put(40, 1, source).put(41, 1, destination).put(42, 1, blocks);
        }

        public Builder sourceTags(long tags) {
            return put(48, 8, tags);
        }

        public Builder destinationTags(long tags) {
            return put(56, 8, tags);
        }

        public Builder crcSeed(int seed) {
            return put(40, 4, seed);
        }

        /** Any bytes; for fields that only some generations have. */
        public Builder put(int offset, int count, long value) {
            Words.put(bytes, offset, count, value);
            return this;
        }

        public Descriptor build() {
            return new Descriptor(bytes.clone());
        }
    }
}
