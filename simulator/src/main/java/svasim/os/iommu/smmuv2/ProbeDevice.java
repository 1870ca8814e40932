package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * arm_smmu_probe_device and the attachment of the default domain: a stream mapping group, a context
 * bank, and the one pointing to the other. A device for which the unit has no group, or for whose
 * domain it has no bank, stays blocked.
 */
final class ProbeDevice {
    private static final Procedure<ProbeDevice> PROBE =
            Procedure.<ProbeDevice>named("arm_smmu_probe_device")
                    .sleeping("allocate stream mapping", 1_500_000, ProbeDevice::takeGroup)
                    .sleeping("write SMR", 100_000, ProbeDevice::insertStream)
                    .sleeping("write context bank", 300_000, ProbeDevice::writeBank)
                    .sleeping("write S2CR", 100_000, ProbeDevice::attach)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private DeviceState state;

    private ProbeDevice(Unit unit, PciDevice device) {
        this.unit = unit;
        this.device = device;
    }

    static Call<?> call(Unit unit, PciDevice device) {
        return new Call<>(PROBE, new ProbeDevice(unit, device));
    }

    private Next takeGroup(Cpu cpu) {
        state = unit.add(device);
        return state.isMapped() ? Next.ON : Next.DONE;
    }

    private Next insertStream(Cpu cpu) {
        unit.streams().insert(cpu, state);
        return Next.ON;
    }

    private Next writeBank(Cpu cpu) {
        ContextBank bank = unit.bank(device.group());
        boolean first = device.group().devices().get(0) == device;
        if (bank != null && first) {
            values(bank).write(cpu, unit.space(), bank);
            unit.interrupts().listen(cpu, bank.interrupt());
        }
        return Next.ON;
    }

    private BankValues values(ContextBank bank) {
        int size = unit.features().outputSizeCode();
        long root = state.domain().root();
        return bank.ofStage2()
                ? BankValues.stage2(bank, root, size)
                : BankValues.stage1(bank, root, size, false);
    }

    private Next attach(Cpu cpu) {
        state.attached(device.group().defaultDomain());
        unit.showStream(cpu, state);
        return Next.DONE;
    }
}
