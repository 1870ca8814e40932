package svasim.os.sva;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.reference.Node;

/** The relation between a device, an address space and a PASID that a bind has made. */
public final class Bond {
    private final PasidEntry entry;
    private final Node node;
    private final Queue<Node> holders = new ArrayDeque<>();
    private int users = 1;
    private boolean cut;

    Bond(PasidEntry entry, Node node) {
        this.entry = entry;
        this.node = node;
    }

    public int pasid() {
        return entry.pasid();
    }

    /**
     * PASID that the device has to send with requests of the bond; {@code PasidPrefix.NONE} if it
     * is bound as a whole, so that its requests without PASID are those of the address space.
     */
    public int requestPasid() {
        return entry.device().iommu().requestPasid(entry.pasid());
    }

    public PciDevice device() {
        return entry.device();
    }

    public Mm mm() {
        return entry.mm();
    }

    /** The bond in the graph of references. */
    public Node node() {
        return node;
    }

    /** What keeps the bond alive, one for each user. */
    Queue<Node> holders() {
        return holders;
    }

    PasidEntry entry() {
        return entry;
    }

    /** Whether the device cannot translate with it any more. */
    boolean isCut() {
        return cut;
    }

    /** The entry was torn down. */
    void cut() {
        cut = true;
    }

    void addUser() {
        users++;
    }

    /**
     * @return true if that was the last user
     */
    boolean removeUser() {
        return --users == 0;
    }
}
