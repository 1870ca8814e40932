package svasim.iommu.smmuv3;

import java.util.Arrays;

/** What the unit can do: the values of its identification registers, and what follows from them. */
public final class Features {
    /** STALL_MODEL: stall and terminate, both; terminate only; stall forced. */
    static final int STALL_OR_TERMINATE = 0;

    static final int TERMINATE_ONLY = 1;
    static final int STALL_FORCED = 2;

    private static final int REGISTERS = 6;
    private static final int MAX_QUEUE_LOG2 = 19;
    private static final int[] SIZES = {32, 36, 40, 42, 44, 48, 52, 56};

    private final long[] idr;
    private final int outputBits;

    /** Takes the values of IDR0 to IDR5; PRI is reserved without ATS. */
    public Features(long... idr) {
        this.idr = Arrays.copyOf(idr, REGISTERS);
        if (!has(IdField.ATS)) {
            this.idr[IdField.PRI.register()] = IdField.PRI.in(idr[IdField.PRI.register()], 0);
        }
        this.outputBits = SIZES[get(IdField.OAS)];
    }

    long register(int number) {
        return idr[number];
    }

    public int get(IdField field) {
        return field.of(idr[field.register()]);
    }

    public boolean has(IdField field) {
        return get(field) != 0;
    }

    /** OAS in bits. */
    public int outputBits() {
        return outputBits;
    }

    public int asidBits() {
        return has(IdField.ASID16) ? 16 : 8;
    }

    public int vmidBits() {
        return has(IdField.VMID16) ? 16 : 8;
    }

    /** Whether a transaction can be stalled. */
    public boolean stalls() {
        return get(IdField.STALL_MODEL) != TERMINATE_ONLY;
    }

    /** Whether each transaction that may be has to be. */
    public boolean stallsAlways() {
        return get(IdField.STALL_MODEL) == STALL_FORCED;
    }

    /** IAS in bits; equals OAS, because AArch32 tables are not modelled. */
    int intermediateBits() {
        return outputBits;
    }

    /** Bits of a size that is coded as OAS (CD.IPS, STE.S2PS), capped at OAS (3.4). */
    int cappedBits(int code) {
        return Math.min(SIZES[code], outputBits);
    }

    /** Largest LOG2SIZE of a queue whose limit stands in this field. */
    int queueLimit(IdField field) {
        return Math.min(get(field), MAX_QUEUE_LOG2);
    }

    boolean granule(int pageShift) {
        return switch (pageShift) {
            case 12 -> has(IdField.GRAN4K);
            case 14 -> has(IdField.GRAN16K);
            case 16 -> has(IdField.GRAN64K);
            default -> false;
        };
    }

    /** Whether descriptors may set their access flag by themselves. */
    boolean updatesAccess() {
        return get(IdField.HTTU) >= 1;
    }

    boolean updatesDirty() {
        return get(IdField.HTTU) >= 2;
    }

    /** Whether table descriptors have access flags too. */
    boolean updatesTables() {
        return get(IdField.HTTU) >= 3;
    }
}
