package svasim.iommu.smmuv2;

import svasim.iommu.core.InterruptWire;

/**
 * A context bank: its registers, and what they say about faults (reference smmuv2.md 3). SS of FSR
 * tells of the stalled transaction; only resuming that clears it.
 */
final class ContextBank {
    private static final int INTERRUPTING = FaultSyndrome.FAULTS | FaultSyndrome.MULTI;

    private final int number;
    private final InterruptWire wire;
    private final StalledTransactions stalled;
    private final int[] words = new int[BankRegister.END_OF_WORDS / Integer.BYTES];
    private boolean probing;

    ContextBank(int number, InterruptWire wire, StalledTransactions stalled) {
        this.number = number;
        this.wire = wire;
        this.stalled = stalled;
    }

    int number() {
        return number;
    }

    StalledTransactions stalled() {
        return stalled;
    }

    int word(int register) {
        return words[register / Integer.BYTES];
    }

    long wide(int register) {
        return Integer.toUnsignedLong(word(register))
                | (long) word(register + Integer.BYTES) << Integer.SIZE;
    }

    /** Sets every bit, as hardware does. */
    void word(int register, int value) {
        words[register / Integer.BYTES] = value;
    }

    void wide(int register, long value) {
        word(register, (int) value);
        word(register + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }

    boolean control(int bit) {
        return (word(BankRegister.SCTLR) & bit) != 0;
    }

    /** Whether transactions of the bank wait because one is stalled. */
    boolean blocked() {
        return stalled.any() && !control(SystemControl.HIT_UNDER_FAULT);
    }

    /**
     * A transaction has met a fault: the first one is recorded, others only leave MULTI.
     *
     * @param address input address
     * @param intermediate address at which stage 2 was asked
     * @return whether it was recorded
     */
    boolean fault(Fault fault, int access, long address, long intermediate) {
        boolean first =
                (word(BankRegister.FSR) & (FaultSyndrome.FAULTS | FaultSyndrome.STALLED)) == 0;
        if (first) {
            word(BankRegister.FSR, fault.status());
            wide(BankRegister.FAR, address);
            wide(BankRegister.IPAFAR, intermediate);
            word(BankRegister.FSYNR0, FaultSyndrome.of(access));
        } else {
            word(BankRegister.FSR, word(BankRegister.FSR) | FaultSyndrome.MULTI);
        }
        interrupt();
        return first;
    }

    /** SS follows what is stalled. */
    void showStalled() {
        int others = word(BankRegister.FSR) & ~FaultSyndrome.STALLED;
        word(BankRegister.FSR, stalled.any() ? others | FaultSyndrome.STALLED : others);
    }

    /** Ones clear bits of FSR, except SS. */
    void clearFaults(int bits) {
        word(BankRegister.FSR, word(BankRegister.FSR) & ~(bits & ~FaultSyndrome.STALLED));
        interrupt();
    }

    /** FSRRESTORE: sets the faults again that software had saved. */
    void restoreFaults(int bits) {
        word(BankRegister.FSR, bits & INTERRUPTING);
        showStalled();
        interrupt();
    }

    /** The level follows FSR and CFIE. */
    void interrupt() {
        boolean fault = (word(BankRegister.FSR) & INTERRUPTING) != 0;
        wire.level(fault && control(SystemControl.FAULT_INTERRUPTS));
    }

    /** Whether an address translation operation is under way. */
    boolean probing() {
        return probing;
    }

    void probing(boolean active) {
        probing = active;
    }
}
