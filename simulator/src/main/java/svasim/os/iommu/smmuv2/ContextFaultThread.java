package svasim.os.iommu.smmuv2;

import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.BankRegister;
import svasim.iommu.smmuv2.FaultSyndrome;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/**
 * arm_smmu_context_fault: looks at each bank that shares the interrupt. A stalled transaction is a
 * page request group of one request, whose index is the number of the bank; its fault stays
 * recorded until the answer. Other faults have ended their transaction and are only cleared.
 */
final class ContextFaultThread {
    private static final String WAIT = "wait for interrupt";
    private static final String READ = "read FSR";
    private static final String NEXT = "next bank";
    private static final long PAGE = 4096;

    private static final Procedure<ContextFaultThread> THREAD =
            Procedure.<ContextFaultThread>named("arm_smmu_context_fault")
                    .sleeping(WAIT, 100_000, ContextFaultThread::awaitInterrupt)
                    .sleeping("find banks", 20_000, ContextFaultThread::findBanks)
                    .sleeping(READ, 50_000, ContextFaultThread::readStatus)
                    .sleeping("read FAR and FSYNR0", 50_000, ContextFaultThread::report)
                    .sleeping(NEXT, 10_000, ContextFaultThread::nextBank)
                    .build();

    private final Unit unit;
    private final int index;
    private final ThreadedInterrupt interrupt;
    private Iterator<ContextBank> banks;
    private ContextBank bank;

    private ContextFaultThread(Unit unit, int index, ThreadedInterrupt interrupt) {
        this.unit = unit;
        this.index = index;
        this.interrupt = interrupt;
    }

    /**
     * @param index IRPTNDX
     */
    static Call<?> call(Unit unit, int index, ThreadedInterrupt interrupt) {
        return new Call<>(THREAD, new ContextFaultThread(unit, index, interrupt));
    }

    private Next awaitInterrupt(Cpu cpu) {
        return interrupt.await();
    }

    /** There may be none: the last one may have been given back after it had signalled. */
    private Next findBanks(Cpu cpu) {
        banks = unit.banks().ofInterrupt(index).iterator();
        return Next.jump(NEXT);
    }

    private Next readStatus(Cpu cpu) {
        int status = unit.space().readBank(cpu, bank.number(), BankRegister.FSR);
        if ((status & (FaultSyndrome.MULTI | FaultSyndrome.FAULTS)) == 0 || bank.isReported()) {
            return Next.jump(NEXT);
        }
        if ((status & FaultSyndrome.STALLED) == 0) {
            unit.space().writeBank(cpu, bank.number(), BankRegister.FSR, status);
            return Next.AGAIN;
        }
        return Next.ON;
    }

    private Next report(Cpu cpu) {
        RegisterSpace registers = unit.space();
        long address = registers.readBankWide(cpu, bank.number(), BankRegister.FAR);
        int syndrome = registers.readBank(cpu, bank.number(), BankRegister.FSYNR0);
        int stream = registers.readAttribute(cpu, GlobalRegister.CBFRSYNRA, bank.number());
        boolean write = FaultSyndrome.write(syndrome);
        return Next.call(report(stream, address & -PAGE, write ? Access.WRITE : Access.READ));
    }

    /** A device that has been taken away meanwhile is answered at once. */
    private Call<?> report(int stream, long page, int access) {
        PciDevice device = unit.device(stream);
        DeviceState state = device == null ? null : unit.state(device);
        if (state == null || state.bound() == null) {
            return Resume.terminate(unit, bank);
        }
        bank.reported(true);
        int pasid = state.bound().pasid();
        return unit.faults()
                .report(new PageRequest(device, pasid, page, access, bank.number(), true));
    }

    private Next nextBank(Cpu cpu) {
        if (banks.hasNext()) {
            bank = banks.next();
            return Next.jump(READ);
        }
        interrupt.served();
        return Next.jump(WAIT);
    }
}
