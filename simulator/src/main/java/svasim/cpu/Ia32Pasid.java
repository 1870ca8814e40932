package svasim.cpu;

/**
 * IA32_PASID, MSR 0xD93, and word 0 of the descriptor that ENQCMD makes with it (Intel SDM vol. 4
 * table 2-2; vol. 2 ENQCMD; here after the project's reference of the life of a PASID, section 5).
 */
public final class Ia32Pasid {
    /** Value after reset and after XRSTORS of the initial state: ENQCMD ends in #GP. */
    public static final long INITIAL = 0;

    private static final long NUMBER = 0xF_FFFF;
    private static final long VALID = 1L << 31;
    private static final int PRIVILEGED_BIT = 31;
    private static final int FIRST_BYTES = Integer.BYTES;

    private Ia32Pasid() {}

    /** The register with this PASID, valid. */
    public static long of(int pasid) {
        return pasid & NUMBER | VALID;
    }

    public static boolean isValid(long register) {
        return (register & VALID) != 0;
    }

    public static int pasid(long register) {
        return (int) (register & NUMBER);
    }

    /** What ENQCMD sends: bits 31:0 of the operand are the PASID, unprivileged. */
    static byte[] user(long register, byte[] operand) {
        byte[] sent = operand.clone();
        for (int i = 0; i < FIRST_BYTES; i++) {
            sent[i] = (byte) ((register & NUMBER) >>> i * Byte.SIZE);
        }
        return sent;
    }

    /** The PASID in word 0 of a descriptor. */
    static int carried(byte[] descriptor) {
        return descriptor[0] & 0xFF | (descriptor[1] & 0xFF) << 8 | (descriptor[2] & 0xF) << 16;
    }

    /** A descriptor with another PASID, of the same privilege. */
    static byte[] carrying(int pasid, byte[] descriptor) {
        byte[] sent = descriptor.clone();
        sent[0] = (byte) pasid;
        sent[1] = (byte) (pasid >>> 8);
        sent[2] = (byte) (pasid >>> 16 & 0xF);
        return sent;
    }

    /** What ENQCMDS sends: PASID and privilege of the operand, bits 30:20 clear. */
    static byte[] supervisor(byte[] operand) {
        byte[] sent = operand.clone();
        sent[2] &= 0xF;
        sent[FIRST_BYTES - 1] &= (byte) (1 << PRIVILEGED_BIT - 24);
        return sent;
    }
}
