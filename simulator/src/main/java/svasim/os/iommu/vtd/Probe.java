package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.vtd.Command;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.RegisterOffset;
import svasim.os.iommu.UnitRegisters;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** intel_iommu_init of one unit: queue, root table, page requests, translation. */
final class Probe {
    private static final long POLL_PS = 100_000;

    private static final Procedure<Probe> INIT =
            Procedure.<Probe>named("intel_iommu_init")
                    .sleeping("allocate tables and queues", 2_000_000, Probe::allocate)
                    .sleeping("enable queued invalidation", POLL_PS, Probe::enableQueue)
                    .step("wait for QIES", POLL_PS, Probe::awaitQueue)
                    .sleeping("set root table", POLL_PS, Probe::setRoot)
                    .step("wait for RTPS", POLL_PS, Probe::awaitRoot)
                    .sleeping("flush caches", POLL_PS, Probe::flush)
                    .sleeping("enable page requests", POLL_PS, Probe::enablePageRequests)
                    .sleeping("enable translation", POLL_PS, Probe::enableTranslation)
                    .step("wait for TES", POLL_PS, Probe::awaitTranslation)
                    .build();

    private final Unit unit;
    private final UnitRegisters registers;

    private Probe(Unit unit) {
        this.unit = unit;
        this.registers = unit.registers();
    }

    static Call<?> call(Unit unit) {
        return new Call<>(INIT, new Probe(unit));
    }

    private Next allocate(Cpu cpu) {
        unit.allocate(cpu);
        if (!unit.capabilities().queuedInvalidation()) {
            throw new IllegalArgumentException(
                    unit.site().name() + ": the driver needs queued invalidation (ECAP.QI)");
        }
        return Next.ON;
    }

    private Next enableQueue(Cpu cpu) {
        registers.write64(cpu, RegisterOffset.IQT, 0);
        registers.write64(cpu, RegisterOffset.IQA, unit.queue().baseRegister());
        Registers.command(registers, cpu, Command.QUEUE);
        return Next.ON;
    }

    private Next awaitQueue(Cpu cpu) {
        return until(cpu, Command.QUEUE);
    }

    private Next setRoot(Cpu cpu) {
        registers.write64(cpu, RegisterOffset.RTADDR, unit.contexts().rootRegister());
        Registers.command(registers, cpu, Command.SET_ROOT);
        return Next.ON;
    }

    private Next awaitRoot(Cpu cpu) {
        return until(cpu, Command.SET_ROOT);
    }

    private Next flush(Cpu cpu) {
        List<Descriptor> all = new ArrayList<>();
        all.add(Descriptor.contextCacheGlobal());
        if (unit.capabilities().scalableMode()) {
            all.add(Descriptor.pasidCacheGlobal());
        }
        all.add(Descriptor.iotlbGlobal());
        return Next.call(unit.queue().submit(all));
    }

    private Next enablePageRequests(Cpu cpu) {
        Capabilities has = unit.capabilities();
        if (has.scalableMode() && has.pageRequests()) {
            unit.requests().enable(cpu);
        }
        return Next.ON;
    }

    private Next enableTranslation(Cpu cpu) {
        Registers.command(registers, cpu, Command.TRANSLATION);
        return Next.ON;
    }

    private Next awaitTranslation(Cpu cpu) {
        return until(cpu, Command.TRANSLATION);
    }

    private Next until(Cpu cpu, int command) {
        return Registers.isDone(registers, cpu, command) ? Next.ON : Next.AGAIN;
    }
}
