package svasim.iommu.smmuv2;

import svasim.paging.Stage;

/**
 * What the registers of a context bank, and of the stage 2 bank behind it, mean.
 *
 * @param refusal global fault of every transaction, or null
 * @param bank of stage 1, or of stage 2 if there is no stage 1
 * @param first stage 1, or null if it is off or absent
 * @param second bank of stage 2, or null if stage 2 is off or absent
 * @param stage2 tables of stage 2; null if its registers make none
 * @param tag of the translations
 * @param stage2Tag of the tables of stage 2
 */
record Context(
        Fault refusal,
        ContextBank bank,
        FirstStage first,
        ContextBank second,
        Stage stage2,
        long tag,
        long stage2Tag) {
    /**
     * Stage 1 of a bank.
     *
     * @param signBit position of the sign of an input address
     * @param low half of TTBR0, null if nothing is walked
     * @param high half of TTBR1, null if nothing is walked
     */
    record FirstStage(int signBit, Stage low, Stage high) {
        Stage half(long address) {
            return address < 0 ? high : low;
        }

        /** The address with its sign in all the bits above. */
        long extended(long address) {
            int above = Long.SIZE - 1 - signBit;
            return address << above >> above;
        }

        /** Whether the bits above the sign are copies of it, or 0 because upstream has none. */
        boolean fits(long address) {
            int above = Long.SIZE - 1 - signBit;
            return address == extended(address) || address == address << above >>> above;
        }
    }

    static Context refused(Fault fault, ContextBank bank) {
        return new Context(fault, bank, null, null, null, 0, 0);
    }

    /** M=0 wherever there is a stage: addresses pass unchanged. */
    boolean identity() {
        return first == null && second == null;
    }

    /** Whether transactions wait because one of a bank is stalled. */
    boolean blocked() {
        return bank.blocked() || second != null && second.blocked();
    }
}
