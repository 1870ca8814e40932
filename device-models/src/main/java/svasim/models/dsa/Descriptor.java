package svasim.models.dsa;

/**
 * The 64 bytes of a work descriptor ({@code struct dsa_hw_desc}); knows where each field is, not
 * what it means. Never changes.
 */
final class Descriptor {
    static final int BYTES = 64;

    private static final int PASID_MASK = 0xf_ffff;
    private static final int FLAGS_MASK = 0xff_ffff;

    private final byte[] bytes;

    /** Takes over an array of {@link #BYTES} bytes. */
    Descriptor(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("descriptor of " + bytes.length + " bytes");
        }
        this.bytes = bytes;
    }

    int pasid() {
        return Words.u32(bytes, 0) & PASID_MASK;
    }

    boolean privileged() {
        return Words.u32(bytes, 0) < 0;
    }

    int flags() {
        return Words.u32(bytes, 4) & FLAGS_MASK;
    }

    boolean has(int flag) {
        return (flags() & flag) != 0;
    }

    int opcode() {
        return bytes[7] & 0xff;
    }

    long completionAddress() {
        return Words.u64(bytes, 8);
    }

    /** Source 1, pattern of fill, or first read-back address. */
    long source() {
        return Words.u64(bytes, 16);
    }

    /** Destination, source 2, pattern of compare pattern, or second read-back address. */
    long destination() {
        return Words.u64(bytes, 24);
    }

    /** Transfer size in bytes, unsigned. */
    long size() {
        return Words.u32(bytes, 32) & 0xffff_ffffL;
    }

    int interruptHandle() {
        return Words.u16(bytes, 36);
    }

    /** Bytes 38 and 39, which must be zero. */
    int reserved() {
        return Words.u16(bytes, 38);
    }

    /** Compare and compare pattern. */
    int expectedResult() {
        return bytes[40] & 0xff;
    }

    /** Dualcast. */
    long destination2() {
        return Words.u64(bytes, 40);
    }

    /** CRC generation and copy with CRC. */
    int crcSeed() {
        return Words.u32(bytes, 40);
    }

    /** A copy of the 64 bytes, as MOVDIR64B writes them to a portal. */
    byte[] toBytes() {
        return bytes.clone();
    }

    static Builder builder(Opcode opcode) {
        byte[] bytes = new byte[BYTES];
        bytes[7] = (byte) opcode.code();
        return new Builder(bytes);
    }

    /** Fills in the fields of a copy. */
    Builder toBuilder() {
        return new Builder(bytes.clone());
    }

    /** Fills in the fields of a descriptor; what is not set is 0. */
    static final class Builder {
        private final byte[] bytes;

        Builder(byte[] bytes) {
            this.bytes = bytes;
        }

        Builder pasid(int pasid) {
            return put(0, 4, pasid);
        }

        Builder flags(int flags) {
            return put(4, 3, flags);
        }

        Builder completionAddress(long address) {
            return put(8, 8, address);
        }

        Builder source(long address) {
            return put(16, 8, address);
        }

        Builder destination(long address) {
            return put(24, 8, address);
        }

        Builder size(long size) {
            return put(32, 4, size);
        }

        Builder expectedResult(int result) {
            return put(40, 1, result);
        }

        Builder destination2(long address) {
            return put(40, 8, address);
        }

        Builder crcSeed(int seed) {
            return put(40, 4, seed);
        }

        /** Any bytes; for fields that only some generations have. */
        Builder put(int offset, int count, long value) {
            Words.put(bytes, offset, count, value);
            return this;
        }

        Descriptor build() {
            return new Descriptor(bytes.clone());
        }
    }
}
