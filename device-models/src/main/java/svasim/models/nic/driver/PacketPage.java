package svasim.models.nic.driver;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.models.nic.traffic.Payload;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.PciDevice;

/** A page of the kernel that holds one packet. */
final class PacketPage {
    private final long frame;
    private final DmaBuffer mapping;

    PacketPage(PciDevice device, long frame) {
        this.frame = frame;
        this.mapping = DmaBuffer.ofPages(device, List.of(frame));
    }

    /** Physical address. */
    long frame() {
        return frame;
    }

    DmaBuffer mapping() {
        return mapping;
    }

    /** Stores a packet, word by word. */
    void fill(Cpu cpu, long number, long intendedPs, int bytes) {
        for (int offset = 0; offset < bytes; offset += Long.BYTES) {
            cpu.store(frame + offset, Payload.word(number, intendedPs, offset));
        }
    }

    /** What the page holds, as a core reads it. */
    Payload.Reader reader(Cpu cpu) {
        return offset -> cpu.load(frame + offset);
    }
}
