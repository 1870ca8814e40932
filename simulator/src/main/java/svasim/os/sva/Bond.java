package svasim.os.sva;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.Mm;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.Task;
import svasim.pcie.tlp.PasidPrefix;

/** The relation between a device, an address space and a PASID that a bind has made. */
public final class Bond {
    private final SvaDomain domain;
    private final List<PasidEntry> entries;
    private final BindRequest request;
    private final Task binder;
    private final Node node;
    private final Queue<Node> holders = new ArrayDeque<>(1);
    private int users;
    private boolean cut;
    private boolean ended;

    /**
     * @param entries of the device first, then of those that share its table
     * @param binder thread that bound
     */
    Bond(SvaDomain domain, List<PasidEntry> entries, BindRequest request, Task binder, Node node) {
        this.domain = domain;
        this.entries = entries;
        this.request = request;
        this.binder = binder;
        this.node = node;
    }

    public int pasid() {
        return own().pasid();
    }

    /**
     * PASID that the device has to send with requests of the bond; {@code PasidPrefix.NONE} if it
     * is bound as a whole, so that its requests without PASID are those of the address space.
     */
    public int requestPasid() {
        return isOfWholeFunction()
                ? PasidPrefix.NONE
                : device().iommu().requestPasid(own().pasid());
    }

    /** Whether the function belongs to the address space as a whole, without a number. */
    boolean isOfWholeFunction() {
        return own().isWholeFunction();
    }

    public PciDevice device() {
        return own().device();
    }

    public Mm mm() {
        return domain.mm();
    }

    private PasidEntry own() {
        return entries.get(0);
    }

    /** The bond in the graph of references. */
    public Node node() {
        return node;
    }

    SvaDomain domain() {
        return domain;
    }

    /** Of the device first, then of those that share its table. */
    List<PasidEntry> entries() {
        return entries;
    }

    /** What its unit does with each of its entries. */
    Call<?> each(EntryOperation operation) {
        List<Call<?>> calls = new ArrayList<>();
        entries.forEach(entry -> calls.add(operation.on(entry.device().iommu(), entry)));
        return Call.sequence(calls);
    }

    Task binder() {
        return binder;
    }

    /** What the driver does when the address space ends; nothing if it has no handler. */
    Call<?> handler(boolean maySleep) {
        ExitHandler handler = request.exitHandler();
        return handler == null ? Call.nothing() : handler.addressSpaceEnds(this, maySleep);
    }

    /** Whether the device cannot translate with it any more. */
    boolean isCut() {
        return cut;
    }

    /** The entry was torn down. */
    void cut() {
        cut = true;
    }

    /** Whether its end has begun: an unbind by somebody else finds nothing to do. */
    public boolean hasEnded() {
        return ended;
    }

    void end() {
        ended = true;
    }

    /** A further use, kept alive by a holder. */
    void addUser(Node holder) {
        users++;
        holders.add(holder);
    }

    /** The holder of the use that ends first. */
    Node removeHolder() {
        return holders.remove();
    }

    /**
     * @return true if that was the last user
     */
    boolean removeUser() {
        return --users == 0;
    }
}
