package svasim.os.iommu.virtio;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.virtio.Feature;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** viommu_probe_device: asks for the endpoint's reserved regions, then attaches its domain. */
final class ProbeDevice {
    private static final int HEADER = 4;
    private static final int RESERVED_MEMORY = 1;
    private static final int TYPE_MASK = 0xFFF;

    private static final Procedure<ProbeDevice> PROBE =
            Procedure.<ProbeDevice>named("viommu_probe_device")
                    .sleeping("find endpoint", 500_000, ProbeDevice::add)
                    .sleeping("send PROBE", 50_000, ProbeDevice::probe)
                    .sleeping("reserve regions", 100_000, ProbeDevice::reserve)
                    .sleeping("attach default domain", 50_000, ProbeDevice::attach)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private Submission submission;

    private ProbeDevice(Unit unit, PciDevice device) {
        this.unit = unit;
        this.device = device;
    }

    static Call<?> call(Unit unit, PciDevice device) {
        return new Call<>(PROBE, new ProbeDevice(unit, device));
    }

    private Next add(Cpu cpu) {
        unit.add(device);
        return unit.isProbed() ? Next.ON : Next.DONE;
    }

    private Next probe(Cpu cpu) {
        if (!unit.has(Feature.PROBE)) {
            return Next.jump("attach default domain");
        }
        Message probe = Message.probe(device.requesterId(), unit.probeBytes());
        submission = new Submission(unit.requests(), List.of(probe));
        return Next.call(submission.call());
    }

    /** Properties follow each other; each RESV_MEM is 24 bytes, so that all are aligned. */
    private Next reserve(Cpu cpu) {
        int at = 0;
        while (submission.status() == 0 && at + HEADER <= unit.probeBytes()) {
            long header = submission.answer(cpu, at);
            int type = (int) header & TYPE_MASK;
            if (type != RESERVED_MEMORY) {
                break;
            }
            long start = submission.answer(cpu, at + Long.BYTES);
            long end = submission.answer(cpu, at + 2 * Long.BYTES);
            unit.state(device).domain().reserve(start, end - start + 1);
            at += HEADER + ((int) (header >>> Short.SIZE) & 0xFFFF);
        }
        return Next.ON;
    }

    private Next attach(Cpu cpu) {
        return Next.call(Attach.call(unit, device, device.group().defaultDomain()));
    }
}
