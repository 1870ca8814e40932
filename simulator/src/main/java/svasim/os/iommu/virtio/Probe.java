package svasim.os.iommu.virtio;

import svasim.cpu.Cpu;
import svasim.iommu.virtio.DeviceStatus;
import svasim.iommu.virtio.Feature;
import svasim.iommu.virtio.RegisterOffset;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.iommu.UnitRegisters;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** viommu_probe: the handshake of every virtio device, then bypass off and buffers for events. */
final class Probe {
    /** Feature VERSION_1, in the upper half. */
    private static final int VERSION_1 = 1;

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
        registers.write32(cpu, RegisterOffset.STATUS, 0);
        registers.write32(
                cpu, RegisterOffset.STATUS, DeviceStatus.ACKNOWLEDGE | DeviceStatus.DRIVER);
        return Next.ON;
    }

    private Next negotiate(Cpu cpu) {
        registers.write32(cpu, RegisterOffset.DEVICE_FEATURES_SEL, 0);
        agreed = registers.read32(cpu, RegisterOffset.DEVICE_FEATURES) & Feature.modern();
        registers.write32(cpu, RegisterOffset.DRIVER_FEATURES_SEL, 0);
        registers.write32(cpu, RegisterOffset.DRIVER_FEATURES, agreed);
        registers.write32(cpu, RegisterOffset.DRIVER_FEATURES_SEL, 1);
        registers.write32(cpu, RegisterOffset.DRIVER_FEATURES, VERSION_1);
        registers.write32(cpu, RegisterOffset.STATUS, status(DeviceStatus.FEATURES_OK));
        boolean accepted =
                (registers.read32(cpu, RegisterOffset.STATUS) & DeviceStatus.FEATURES_OK) != 0;
        return accepted && Feature.MAP_UNMAP.in(agreed) ? Next.ON : Next.DONE;
    }

    private static int status(int more) {
        return DeviceStatus.ACKNOWLEDGE | DeviceStatus.DRIVER | more;
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
        int all = status(DeviceStatus.FEATURES_OK | DeviceStatus.DRIVER_OK);
        registers.write32(cpu, RegisterOffset.STATUS, all);
        return Next.ON;
    }

    private Next switchBypassOff(Cpu cpu) {
        if (unit.has(Feature.BYPASS_CONFIG)) {
            registers.write32(cpu, RegisterOffset.BYPASS, 0);
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
