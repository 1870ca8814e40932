package svasim.models.dsa.layout;

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
