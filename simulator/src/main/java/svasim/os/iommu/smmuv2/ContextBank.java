package svasim.os.iommu.smmuv2;

/** A context bank in use: how the driver finds and tags it. */
final class ContextBank {
    private final int number;
    private final int interrupt;
    private final boolean ofStage2;
    private boolean reported;

    /**
     * @param interrupt IRPTNDX
     * @param ofStage2 whether it translates by stage 2 only
     */
    ContextBank(int number, int interrupt, boolean ofStage2) {
        this.number = number;
        this.interrupt = interrupt;
        this.ofStage2 = ofStage2;
    }

    int number() {
        return number;
    }

    int interrupt() {
        return interrupt;
    }

    boolean ofStage2() {
        return ofStage2;
    }

    /** Of stage 1: no other bank in use has it. */
    int asid() {
        return number;
    }

    /** Stages 1 share number 0, which no stage 2 has. */
    int vmid() {
        return ofStage2 ? number + 1 : 0;
    }

    /** Whether a stalled transaction of the bank was reported and not resumed. */
    boolean isReported() {
        return reported;
    }

    void reported(boolean now) {
        reported = now;
    }
}
