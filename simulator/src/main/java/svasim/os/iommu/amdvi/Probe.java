package svasim.os.iommu.amdvi;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.iommu.amdvi.Command;
import svasim.iommu.amdvi.ControlBit;
import svasim.iommu.amdvi.MsiCapability;
import svasim.iommu.amdvi.RegisterOffset;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** early_enable_iommu, then page requests, guest translation and the interrupt. */
final class Probe {
    private static final long STEP_PS = 100_000;

    private static final Procedure<Probe> ENABLE =
            Procedure.<Probe>named("early_enable_iommu")
                    .sleeping("allocate tables and rings", 2_000_000, Probe::allocate)
                    .sleeping("iommu_disable", STEP_PS, Probe::disable)
                    .sleeping("iommu_set_device_table", STEP_PS, Probe::setTable)
                    .sleeping("iommu_enable_command_buffer", STEP_PS, Probe::enableCommands)
                    .sleeping("iommu_enable_event_buffer", STEP_PS, Probe::enableEvents)
                    .sleeping("iommu_enable", STEP_PS, Probe::enable)
                    .sleeping("flush all caches", STEP_PS, Probe::flush)
                    .sleeping("iommu_enable_ppr_log", STEP_PS, Probe::enablePageRequests)
                    .sleeping("iommu_enable_gt", STEP_PS, Probe::enableGuestTranslation)
                    .sleeping("iommu_init_irq", 500_000, Probe::setMessage)
                    .build();

    /** Devices have a second to answer an invalidation. */
    private static final int TIMEOUT_1S = 4;

    private final Unit unit;
    private final UnitRegisters registers;
    private long control =
            ControlBit.invalidationTimeoutField(TIMEOUT_1S)
                    | ControlBit.PASS_PW.mask()
                    | ControlBit.COHERENT.mask();

    private Probe(Unit unit) {
        this.unit = unit;
        this.registers = unit.registers();
    }

    static Call<?> call(Unit unit) {
        return new Call<>(ENABLE, new Probe(unit));
    }

    private Next allocate(Cpu cpu) {
        unit.allocate(cpu);
        return Next.ON;
    }

    private Next disable(Cpu cpu) {
        registers.write64(cpu, RegisterOffset.CONTROL, 0);
        return Next.ON;
    }

    private Next setTable(Cpu cpu) {
        registers.write64(cpu, RegisterOffset.DEVICE_TABLE_BASE, unit.table().baseRegister());
        return Next.ON;
    }

    private Next enableCommands(Cpu cpu) {
        unit.commands().program(cpu);
        return set(cpu, ControlBit.CMD_BUF_EN.mask());
    }

    private Next enableEvents(Cpu cpu) {
        unit.events().program(cpu);
        return set(cpu, unit.events().enables());
    }

    private Next enable(Cpu cpu) {
        return set(cpu, ControlBit.IOMMU_EN.mask());
    }

    /** A unit without the command for everything has cached nothing yet. */
    private Next flush(Cpu cpu) {
        List<Command> all =
                unit.features().has("IASup") ? List.of(Command.everything()) : List.<Command>of();
        return Next.call(unit.commands().submit(all));
    }

    private Next enablePageRequests(Cpu cpu) {
        if (unit.pageRequests() == null) {
            return Next.ON;
        }
        unit.pageRequests().program(cpu);
        boolean answers = unit.site().options().pageRequests().automatic();
        long automatic = answers ? ControlBit.PPR_AUTO_RSP_EN.mask() : 0;
        return set(cpu, unit.pageRequests().enables() | ControlBit.PPR_EN.mask() | automatic);
    }

    private Next enableGuestTranslation(Cpu cpu) {
        boolean inGuest = unit.features().guestRootsInGuest();
        long roots = inGuest ? ControlBit.GCR3_TRP_MODE.mask() : 0;
        boolean guest = unit.features().has("GTSup");
        return guest ? set(cpu, ControlBit.GT_EN.mask() | roots) : Next.ON;
    }

    private Next setMessage(Cpu cpu) {
        UnitSite site = unit.site();
        ThreadedInterrupt interrupt = new ThreadedInterrupt(site.name() + "-log");
        Call<?> thread = LogThread.call(unit, interrupt);
        Interrupts.Message message =
                interrupt.enable(cpu, site.platform(), site.interrupts(), thread);
        registers.writeMessage(
                cpu, RegisterOffset.MSI_ADDRESS_LOW, RegisterOffset.MSI_DATA, message);
        registers.write32(cpu, RegisterOffset.MSI_CAPABILITY, MsiCapability.ENABLE);
        return Next.DONE;
    }

    private Next set(Cpu cpu, long bits) {
        control |= bits;
        registers.write64(cpu, RegisterOffset.CONTROL, control);
        return Next.ON;
    }
}
