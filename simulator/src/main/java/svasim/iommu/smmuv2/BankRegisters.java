package svasim.iommu.smmuv2;

import java.util.List;
import svasim.iommu.core.RegisterBlock;

/**
 * The half of the register space with the context banks, one in each page (reference smmuv2.md 3).
 * An operation with an operand of 64 bits starts with a write of all of it, or of its lower half
 * after the upper.
 */
final class BankRegisters implements RegisterBlock {
    /** Has an address translated for software. */
    @FunctionalInterface
    interface Prober {
        void probe(ContextBank bank, long address);
    }

    private final Features features;
    private final List<ContextBank> banks;
    private final Contexts contexts;
    private final Maintenance maintenance;
    private final Prober prober;
    private final Maintenance.Synchronisation[] synchronisations;
    private final int first;
    private final int pageShift;
    private long upperHalf;

    BankRegisters(
            Features features,
            List<ContextBank> banks,
            Contexts contexts,
            Maintenance maintenance,
            Prober prober) {
        this.features = features;
        this.banks = banks;
        this.contexts = contexts;
        this.maintenance = maintenance;
        this.prober = prober;
        pageShift = features.pageShift();
        first = features.halfPages() << pageShift;
        synchronisations = new Maintenance.Synchronisation[banks.size()];
        for (int i = 0; i < synchronisations.length; i++) {
            synchronisations[i] = maintenance.newSynchronisation();
        }
    }

    @Override
    public boolean has(int offset) {
        return offset >= first && number(offset) < banks.size();
    }

    private int number(int offset) {
        return offset - first >> pageShift;
    }

    private int register(int offset) {
        return offset & (1 << pageShift) - 1;
    }

    @Override
    public int read(int offset) {
        ContextBank bank = banks.get(number(offset));
        int register = register(offset);
        return switch (register) {
            case BankRegister.RESUME, BankRegister.FSRRESTORE -> 0;
            case BankRegister.TLBSTATUS -> synchronisations[bank.number()].status();
            case BankRegister.ATSR -> bank.probing() ? 1 : 0;
            default -> register < BankRegister.END_OF_WORDS ? bank.word(register) : 0;
        };
    }

    @Override
    public void write(int offset, int value) {
        int register = register(offset);
        if (register < BankRegister.END_OF_WORDS) {
            writeWord(banks.get(number(offset)), register, value);
        } else if (register == BankRegister.TLBSYNC) {
            synchronisations[number(offset)].begin();
        } else if (register % Long.BYTES != 0) {
            upperHalf = (long) value << Integer.SIZE;
        } else {
            operate(offset, upperHalf | Integer.toUnsignedLong(value));
            upperHalf = 0;
        }
    }

    @Override
    public void writeLong(int offset, long value) {
        int register = register(offset);
        if (register == BankRegister.ATS1PR || TlbOperation.at(register) != null) {
            operate(offset, value);
        } else {
            RegisterBlock.super.writeLong(offset, value);
        }
    }

    private void writeWord(ContextBank bank, int register, int value) {
        switch (register) {
            case BankRegister.SCTLR -> {
                bank.word(register, value);
                bank.interrupt();
            }
            case BankRegister.RESUME -> resume(bank, value);
            case BankRegister.FSR -> bank.clearFaults(value);
            case BankRegister.FSRRESTORE -> bank.restoreFaults(value);
            case BankRegister.PAR, BankRegister.PAR + Integer.BYTES -> {}
            default -> bank.word(register, value);
        }
        contexts.changed();
    }

    private static void resume(ContextBank bank, int value) {
        if ((value & BankRegister.TERMINATE) != 0) {
            bank.stalled().terminate(Answers.termination(bank));
        } else {
            bank.stalled().retry();
        }
        bank.showStalled();
    }

    private void operate(int offset, long operand) {
        ContextBank bank = banks.get(number(offset));
        TlbOperation operation = TlbOperation.at(register(offset));
        if (operation != null) {
            maintenance.execute(operation, bank, operand);
        } else if (register(offset) == BankRegister.ATS1PR && features.addressTranslation()) {
            bank.probing(true);
            prober.probe(bank, operand);
        }
    }
}
