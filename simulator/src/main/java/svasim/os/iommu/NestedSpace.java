package svasim.os.iommu;

import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;

/**
 * Tables of a guest over the second stage of its virtual machine: what a PASID shows that a guest
 * uses, where the host owns the PASID table. The guest keeps them.
 *
 * @param id number in the trace, the same for no two address spaces
 * @param root guest-physical address of the top table
 */
public record NestedSpace(int id, String name, long root, SecondStage stage)
        implements AddressSpace {
    /** Whether the guest keeps them the host does not ask. */
    @Override
    public boolean getUsersUnlessZero(Node holder) {
        return true;
    }

    @Override
    public Call<?> putUsers(Node holder) {
        return Call.nothing();
    }
}
