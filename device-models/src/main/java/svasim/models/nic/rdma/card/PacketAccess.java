package svasim.models.nic.rdma.card;

import java.util.ArrayList;
import java.util.List;
import svasim.device.DeviceTable;
import svasim.pcie.endpoint.DmaRequest;

/** The access of one packet to memory of a region: within one page, or two. */
final class PacketAccess {
    private final Region region;
    private final long address;
    private final int bytes;
    private final boolean write;

    /**
     * What lies in one page.
     *
     * @param address of the device
     * @param from first byte within the packet
     */
    record Piece(long address, int from, int bytes) {}

    PacketAccess(Region region, long address, int bytes, boolean write) {
        this.region = region;
        this.address = address;
        this.bytes = bytes;
        this.write = write;
    }

    Region region() {
        return region;
    }

    long address() {
        return address;
    }

    int bytes() {
        return bytes;
    }

    /** Pages that the card has no entry of which permits the access. */
    List<Long> missing() {
        List<Long> pages = new ArrayList<>();
        for (long at = address; at < address + bytes; at = nextPage(at)) {
            if (!region.table().permits(at, write)) {
                pages.add(at & -DeviceTable.PAGE);
            }
        }
        return pages;
    }

    /** Where the bytes lie; the access is under way until it is {@link #over}. */
    List<Piece> begin() {
        List<Piece> pieces = new ArrayList<>();
        for (int from = 0; from < bytes; ) {
            long at = address + from;
            int count = DmaRequest.bytesInPage(at, bytes - from);
            pieces.add(new Piece(region.table().translate(this, at, write), from, count));
            from += count;
        }
        return pieces;
    }

    void over() {
        region.table().over(this);
    }

    private static long nextPage(long at) {
        return (at & -DeviceTable.PAGE) + DeviceTable.PAGE;
    }
}
