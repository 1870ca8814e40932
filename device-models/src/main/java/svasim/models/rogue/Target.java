package svasim.models.rogue;

import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/**
 * What a request goes to, and as whom.
 *
 * @param pasid null for none
 */
record Target(int requester, long address, AddressType type, PasidPrefix pasid) {
    /** A physical address, as if somebody had translated it. */
    static Target physical(int requester, long address) {
        return new Target(requester, address, AddressType.TRANSLATED, null);
    }

    /** An address of whoever has the PASID. */
    static Target virtual(int requester, long address, int pasid) {
        return new Target(requester, address, AddressType.UNTRANSLATED, new PasidPrefix(pasid));
    }

    Target plus(long bytes) {
        return new Target(requester, address + bytes, type, pasid);
    }

    Tlp read(int tag, int bytes) {
        return new Tlp.MemoryRead(requester, tag, address, bytes, type, pasid, Attributes.DEFAULT);
    }

    Tlp write(byte[] data) {
        return new Tlp.MemoryWrite(requester, address, data, type, pasid, Attributes.DEFAULT);
    }
}
