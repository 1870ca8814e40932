package svasim.os.iommu.virtio;

import svasim.cpu.Cpu;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitRegisters;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** viommu_probe: the handshake of every virtio device, then bypass off and buffers for events. */
final class Probe {
    private static final long STEP_PS = 100_000;

    private static final Procedure<Probe> PROBE =
            Procedure.<Probe>named("viommu_probe")
                    .sleeping("reset device", STEP_PS, Probe::reset)
                    .sleeping("negotiate features", STEP_PS, Probe::negotiate)
                    .sleeping("allocate queues", 1_000_000, Probe::allocate)
                    .sleeping("set up queues", STEP_PS, Probe::programQueues)
                    .sleeping("set DRIVER_OK", STEP_PS, Probe::start)
                    .sleeping("switch bypass off", STEP_PS, Probe::switchBypassOff)
                    .sleeping("fill event queue", 200_000, Probe::fillEvents)
                    .build();

    private final Unit unit;
    private final UnitRegisters registers;
    private int agreed;

    private Probe(Unit unit) {
        this.unit = unit;
        this.registers = unit.registers();
    }

    static Call<?> call(Unit unit) {
        return new Call<>(PROBE, new Probe(unit));
    }

    private Next reset(Cpu cpu) {
        registers.write32(cpu, Registers.STATUS, 0);
        registers.write32(cpu, Registers.STATUS, Registers.ACKNOWLEDGE | Registers.DRIVER);
        return Next.ON;
    }

    private Next negotiate(Cpu cpu) {
        registers.write32(cpu, Registers.DEVICE_FEATURES_SEL, 0);
        agreed = registers.read32(cpu, Registers.DEVICE_FEATURES) & Registers.KNOWN;
        registers.write32(cpu, Registers.DRIVER_FEATURES_SEL, 0);
        registers.write32(cpu, Registers.DRIVER_FEATURES, agreed);
        registers.write32(cpu, Registers.DRIVER_FEATURES_SEL, 1);
        registers.write32(cpu, Registers.DRIVER_FEATURES, Registers.VERSION_1);
        registers.write32(cpu, Registers.STATUS, status(Registers.FEATURES_OK));
        boolean accepted = (registers.read32(cpu, Registers.STATUS) & Registers.FEATURES_OK) != 0;
        return accepted && (agreed & Registers.MAP_UNMAP) != 0 ? Next.ON : Next.DONE;
    }

    private static int status(int more) {
        return Registers.ACKNOWLEDGE | Registers.DRIVER | more;
    }

    private Next allocate(Cpu cpu) {
        unit.allocate(cpu, agreed);
        return Next.ON;
    }

    private Next programQueues(Cpu cpu) {
        unit.requests().program(cpu, false);
        unit.events().program(cpu, true);
        ThreadedInterrupt interrupt = new ThreadedInterrupt(unit.site().name() + "-eventq");
        interrupt.connect(cpu, 0, unit.site(), EventThread.call(unit, interrupt));
        return Next.ON;
    }

    private Next start(Cpu cpu) {
        int all = status(Registers.FEATURES_OK | Registers.DRIVER_OK);
        registers.write32(cpu, Registers.STATUS, all);
        return Next.ON;
    }

    private Next switchBypassOff(Cpu cpu) {
        if (unit.has(Registers.BYPASS_CONFIG)) {
            registers.write32(cpu, Registers.BYPASS, 0);
        }
        return Next.ON;
    }

    private Next fillEvents(Cpu cpu) {
        while (!unit.events().isFull()) {
            unit.events().add(cpu, new byte[0], Unit.REPORT_BYTES);
        }
        unit.events().kick(cpu);
        return Next.DONE;
    }
}
