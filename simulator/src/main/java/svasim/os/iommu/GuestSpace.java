package svasim.os.iommu;

import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;

/**
 * What the entry of a PASID shows for a guest: translations of the guest's that end in the memory
 * of its virtual machine. Whether the guest keeps them the host does not ask.
 */
public interface GuestSpace extends AddressSpace {
    /** The memory of the machine. */
    SecondStage stage();

    @Override
    default boolean getUsersUnlessZero(Node holder) {
        return true;
    }

    @Override
    default Call<?> putUsers(Node holder) {
        return Call.nothing();
    }
}
