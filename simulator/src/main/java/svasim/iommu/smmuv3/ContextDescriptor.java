package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;

/** Context descriptor, the four of its eight words that translation depends on (5.4). */
record ContextDescriptor(long w0, long w1, long w2, long w3) {
    static final int BYTES = 64;

    boolean valid() {
        return Bits.bit(w0, 31);
    }

    /** TxSZ of the low (0) or high (1) half. */
    int tsz(int half) {
        return Bits.small(w0, 5 + 16 * half, 16 * half);
    }

    /** log2 of the granule of TG0 or TG1, which are coded differently; 0 if reserved. */
    int granuleShift(int half) {
        return half == 0 ? granule0(Bits.small(w0, 7, 6)) : granule1(Bits.small(w0, 23, 22));
    }

    private static int granule0(int code) {
        return switch (code) {
            case 0 -> 12;
            case 1 -> 16;
            case 2 -> 14;
            default -> 0;
        };
    }

    private static int granule1(int code) {
        return switch (code) {
            case 1 -> 14;
            case 2 -> 12;
            case 3 -> 16;
            default -> 0;
        };
    }

    /** EPDx: no walks in this half. */
    boolean walksDisabled(int half) {
        return Bits.bit(w0, 14 + 16 * half);
    }

    boolean bigEndian() {
        return Bits.bit(w0, 15);
    }

    int ips() {
        return Bits.small(w0, 34, 32);
    }

    boolean accessFaultDisabled() {
        return Bits.bit(w0, 35);
    }

    boolean wxn() {
        return Bits.bit(w0, 36);
    }

    boolean topByteIgnored(int half) {
        return Bits.bit(w0, 38 + half);
    }

    boolean pan() {
        return Bits.bit(w0, 40);
    }

    boolean aa64() {
        return Bits.bit(w0, 41);
    }

    boolean hd() {
        return Bits.bit(w0, 42);
    }

    boolean ha() {
        return Bits.bit(w0, 43);
    }

    boolean stall() {
        return Bits.bit(w0, 44);
    }

    boolean record() {
        return Bits.bit(w0, 45);
    }

    /** A: terminated transactions abort; else they read zero and ignore writes. */
    boolean abort() {
        return Bits.bit(w0, 46);
    }

    /** ASET: the ASID is not shared with CPUs. */
    boolean ownAsidSet() {
        return Bits.bit(w0, 47);
    }

    int asid() {
        return Bits.small(w0, 63, 48);
    }

    /** HADx: permission limits of table descriptors are ignored. */
    boolean hierarchyDisabled(int half) {
        return Bits.bit(half(half), 1);
    }

    /** E0PDx: unprivileged access to this half faults. */
    boolean unprivilegedDisabled(int half) {
        return Bits.bit(half(half), 2);
    }

    boolean haft() {
        return Bits.bit(w1, 3);
    }

    /** EPAN: PAN looks at user-executable pages too. */
    boolean enhancedPan() {
        return Bits.bit(w1, 59);
    }

    long ttb(int half) {
        return Bits.inPlace(half(half), 51, 4);
    }

    boolean ds() {
        return Bits.bit(w2, 58);
    }

    private long half(int half) {
        return half == 0 ? w1 : w2;
    }
}
