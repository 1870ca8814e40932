package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.iommu.smmuv2.TlbOperation;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Removes a range of a context bank from the TLB: page by page, or all of the bank if that is less
 * work; then the synchronisation (arm_smmu_tlb_inv_range_s1 and its like).
 */
final class TlbRange {
    private static final int PAGE_SHIFT = 12;
    private static final int ASID_SHIFT = 48;

    /** More pages than this are worse than one operation for everything. */
    private static final long MOST_SINGLE_PAGES = 1 << 9;

    /** Pages that are named in one step. */
    private static final int BATCH = 64;

    private static final Procedure<TlbRange> RANGE =
            Procedure.<TlbRange>named("arm_smmu_tlb_inv_range")
                    .step("write TLBI", 20_000, TlbRange::writeNext)
                    .step("synchronise", 10_000, TlbRange::synchronise)
                    .build();

    private static final Procedure<TlbRange> UNSYNCHRONISED =
            Procedure.<TlbRange>named("arm_smmu_tlb_inv_range")
                    .step("write TLBI", 20_000, TlbRange::writeNext)
                    .build();

    private final Unit unit;
    private final ContextBank bank;
    private final boolean whole;
    private final long end;
    private long at;

    private TlbRange(Unit unit, ContextBank bank, long start, long end) {
        this.unit = unit;
        this.bank = bank;
        this.at = start;
        this.end = end;
        this.whole = end == -1L || end - start >>> PAGE_SHIFT >= MOST_SINGLE_PAGES;
    }

    /** Removes everything of a bank. */
    static Call<?> all(Unit unit, ContextBank bank) {
        return range(unit, bank, 0, -1);
    }

    /**
     * @param end first address behind the range; -1 for everything
     */
    static Call<?> range(Unit unit, ContextBank bank, long start, long end) {
        return new Call<>(RANGE, new TlbRange(unit, bank, start, end));
    }

    /** A bug on purpose: does not wait for what still uses the translations. */
    static Call<?> withoutSynchronisation(Unit unit, ContextBank bank, long start, long end) {
        return new Call<>(UNSYNCHRONISED, new TlbRange(unit, bank, start, end));
    }

    private Next writeNext(Cpu cpu) {
        if (whole) {
            writeAll(cpu);
            return Next.ON;
        }
        for (int i = 0; i < BATCH && at < end; i++) {
            writePage(cpu);
            at += 1L << PAGE_SHIFT;
        }
        return at < end ? Next.AGAIN : Next.ON;
    }

    private void writeAll(Cpu cpu) {
        if (bank.ofStage2()) {
            unit.space().writeGlobal(cpu, GlobalRegister.TLBIVMID, bank.vmid());
        } else {
            unit.space().writeBank(cpu, bank.number(), TlbOperation.TLBIASID.offset(), bank.asid());
        }
    }

    private void writePage(Cpu cpu) {
        long page = at >>> PAGE_SHIFT;
        if (bank.ofStage2()) {
            unit.space().writeBankWide(cpu, bank.number(), TlbOperation.TLBIIPAS2.offset(), page);
        } else {
            long operand = page | (long) bank.asid() << ASID_SHIFT;
            unit.space().writeBankWide(cpu, bank.number(), TlbOperation.TLBIVA.offset(), operand);
        }
    }

    private Next synchronise(Cpu cpu) {
        return Next.call(
                whole && bank.ofStage2()
                        ? Synchronisation.global(unit)
                        : Synchronisation.context(unit, bank));
    }
}
