package svasim.models.nic.driver;

import svasim.cpu.Cpu;
import svasim.models.nic.traffic.Payload;

/** A page of the kernel that holds one packet. */
final class PacketPage {
    private final PageBatch batch;
    private final int number;

    /**
     * @param number of the page in its batch
     */
    PacketPage(PageBatch batch, int number) {
        this.batch = batch;
        this.number = number;
    }

    PageBatch batch() {
        return batch;
    }

    /** Physical address. */
    long frame() {
        return batch.frame(number);
    }

    boolean isMapped() {
        return batch.mapping().isMapped();
    }

    /** Address for the card. */
    long iova() {
        return batch.iova(number);
    }

    /** Stores a packet, word by word. */
    void fill(Cpu cpu, long packet, long intendedPs, int bytes) {
        for (int offset = 0; offset < bytes; offset += Long.BYTES) {
            cpu.store(frame() + offset, Payload.word(packet, intendedPs, offset));
        }
    }

    /** What the page holds, as a core reads it. */
    Payload.Reader reader(Cpu cpu) {
        return offset -> cpu.load(frame() + offset);
    }
}
