package svasim.os.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.Cr0;
import svasim.iommu.smmuv3.Cr1;
import svasim.iommu.smmuv3.Cr2;
import svasim.iommu.smmuv3.IdField;
import svasim.iommu.smmuv3.Interrupt;
import svasim.iommu.smmuv3.RegisterOffset;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** arm_smmu_device_reset: everything off, then tables, queues one after the other, translation. */
final class Reset {
    private static final long STEP_PS = 100_000;

    private static final Procedure<Reset> RESET =
            Procedure.<Reset>named("arm_smmu_device_reset")
                    .sleeping("allocate tables and queues", 2_000_000, Reset::allocate)
                    .sleeping("switch off", STEP_PS, Reset::switchOff)
                    .sleeping("set attributes", STEP_PS, Reset::setAttributes)
                    .sleeping("set stream table", STEP_PS, Reset::setStreamTable)
                    .sleeping("enable command queue", STEP_PS, Reset::enableCommands)
                    .sleeping("invalidate configuration", STEP_PS, Reset::flushConfiguration)
                    .sleeping("invalidate TLB", STEP_PS, Reset::flushTlb)
                    .sleeping("enable event queue", STEP_PS, Reset::enableEvents)
                    .sleeping("enable PRI queue", STEP_PS, Reset::enablePageRequests)
                    .sleeping("enable ATSCHK", STEP_PS, Reset::enableAtsCheck)
                    .sleeping("switch interrupts off", STEP_PS, Reset::switchInterruptsOff)
                    .sleeping("set up MSIs", 500_000, Reset::setMessages)
                    .sleeping("enable interrupts", STEP_PS, Reset::enableInterrupts)
                    .sleeping("enable SMMU", STEP_PS, Reset::enableTranslation)
                    .build();

    private final Unit unit;
    private final UnitSite site;
    private final UnitRegisters registers;
    private int control;

    private Reset(Unit unit) {
        this.unit = unit;
        this.site = unit.site();
        this.registers = unit.registers();
    }

    static Call<?> call(Unit unit) {
        return new Call<>(RESET, new Reset(unit));
    }

    private Next allocate(Cpu cpu) {
        unit.allocate(cpu);
        return Next.ON;
    }

    private Next switchOff(Cpu cpu) {
        return Next.call(WriteAndWait.control(registers, 0));
    }

    private Next setAttributes(Cpu cpu) {
        registers.write32(cpu, RegisterOffset.CR1, Cr1.CACHEABLE);
        registers.write32(cpu, RegisterOffset.CR2, Cr2.RECINVSID | Cr2.PTM);
        return Next.ON;
    }

    private Next setStreamTable(Cpu cpu) {
        unit.streams().program(cpu, registers);
        return Next.ON;
    }

    private Next enableCommands(Cpu cpu) {
        unit.commands().program(cpu);
        return enable(Cr0.CMDQEN);
    }

    private Next flushConfiguration(Cpu cpu) {
        return Next.call(unit.commands().submit(List.of(Command.allConfiguration())));
    }

    private Next flushTlb(Cpu cpu) {
        List<Command> all = new ArrayList<>();
        if (unit.features().has(IdField.HYP) && unit.features().has(IdField.S1P)) {
            all.add(Command.tlbOfEl2());
        }
        all.add(Command.tlbOfEverything());
        return Next.call(unit.commands().submit(all));
    }

    private Next enableEvents(Cpu cpu) {
        unit.events().program(cpu);
        return enable(Cr0.EVENTQEN);
    }

    private Next enablePageRequests(Cpu cpu) {
        if (unit.pageRequests() == null) {
            return Next.ON;
        }
        unit.pageRequests().program(cpu);
        return enable(Cr0.PRIQEN);
    }

    private Next enableAtsCheck(Cpu cpu) {
        return unit.features().has(IdField.ATS) ? enable(Cr0.ATSCHK) : Next.ON;
    }

    private Next switchInterruptsOff(Cpu cpu) {
        return Next.call(WriteAndWait.interrupts(registers, 0));
    }

    private Next setMessages(Cpu cpu) {
        ThreadedInterrupt events = new ThreadedInterrupt(site.name() + "-evtq");
        Call<?> eventThread = QueueThread.ofEvents(unit.events(), events, new Events(unit));
        set(cpu, Interrupt.EVENTQ, events, eventThread);
        if (unit.pageRequests() != null) {
            ThreadedInterrupt requests = unit.pageRequestReader().interrupt();
            Call<?> thread =
                    QueueThread.ofPageRequests(
                            unit.pageRequests(), requests, unit.pageRequestReader());
            set(cpu, Interrupt.PRIQ, requests, thread);
        }
        ThreadedInterrupt errors = new ThreadedInterrupt(site.name() + "-gerror");
        set(cpu, Interrupt.GERROR, errors, ErrorThread.call(unit, errors));
        return Next.ON;
    }

    private void set(Cpu cpu, Interrupt cause, ThreadedInterrupt interrupt, Call<?> thread) {
        Interrupts.Message message =
                interrupt.enable(cpu, site.platform(), site.interrupts(), thread);
        registers.writeMessage(cpu, cause.config(), cause.data(), message);
    }

    private Next enableInterrupts(Cpu cpu) {
        int all = Interrupt.GERROR.enable() | Interrupt.EVENTQ.enable();
        if (unit.pageRequests() != null) {
            all |= Interrupt.PRIQ.enable();
        }
        return Next.call(WriteAndWait.interrupts(registers, all));
    }

    private Next enableTranslation(Cpu cpu) {
        return enable(Cr0.SMMUEN);
    }

    private Next enable(int bit) {
        control |= bit;
        return Next.call(WriteAndWait.control(registers, control));
    }
}
