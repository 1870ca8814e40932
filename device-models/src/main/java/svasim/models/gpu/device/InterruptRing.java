package svasim.models.gpu.device;

import svasim.device.DeviceHost;
import svasim.models.gpu.layout.InterruptEntry;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.OnFault;
import svasim.stats.Counter;

/**
 * The ring of interrupt entries in kernel memory. An entry that finds no room is lost; who has put
 * it tells it again.
 */
final class InterruptRing {
    private final DeviceHost host;
    private final Counter lost;
    private long base;
    private long size;
    private long taken;
    private long written;
    private long read;
    private long messageAddress;
    private int messageData;
    private int life;

    InterruptRing(DeviceHost host) {
        this.host = host;
        lost = host.statistics().counter(host.name() + ".ih.lost", "interrupt entries lost");
    }

    void place(long address, long entries) {
        base = address;
        size = entries;
    }

    void message(long address, int data) {
        messageAddress = address;
        messageData = data;
    }

    /** Entries that software can see. */
    long written() {
        return written;
    }

    /** Software has read so many. */
    void read(long count) {
        read = count;
    }

    /**
     * Writes an entry, and interrupts when it is in memory.
     *
     * @return false if there is no room
     */
    boolean put(InterruptEntry entry) {
        if (taken - read >= size) {
            lost.increment();
            return false;
        }
        byte[] bytes = entry.toBytes();
        long at = base + taken++ % size * InterruptEntry.BYTES;
        DmaRequest request = new DmaRequest(null, at, bytes, 0, bytes.length, OnFault.REPORT, 0);
        int begunIn = life;
        host.function()
                .dma()
                .write(
                        request,
                        (nowPs, token, status, faultAddress) -> {
                            if (life == begunIn) {
                                written++;
                                host.function().interrupt(messageAddress, messageData);
                            }
                        },
                        0);
        return true;
    }

    void reset() {
        life++;
        place(0, 0);
        message(0, 0);
        taken = 0;
        written = 0;
        read = 0;
    }
}
