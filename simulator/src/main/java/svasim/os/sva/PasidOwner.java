package svasim.os.sva;

import svasim.os.mm.AddressSpace;

/**
 * Whose a number is, as the trace names it.
 *
 * @param id the same for no two; that of the address space, where a number has one already
 */
record PasidOwner(int id, String name) {
    static PasidOwner of(AddressSpace space) {
        return new PasidOwner(space.id(), space.name());
    }
}
