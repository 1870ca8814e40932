package svasim.iommu.smmuv3;

import svasim.iommu.core.Inquiry;
import svasim.iommu.core.RequestKind;
import svasim.paging.Access;

/** What a request wants, once the stream's overrides have replaced what it says (3.5.4, 13.1). */
final class AttributeOverrides {
    private final boolean overrides;

    AttributeOverrides(Features features) {
        this.overrides = features.has(IdField.ATTR_PERMS_OVR);
    }

    /** Bits of {@link Access} to walk with; an instruction fetch wants nothing but execution. */
    int effective(Inquiry request, Stream stream) {
        int access = request.access() & ~Access.ZERO_LENGTH;
        if (overrides) {
            access = overridden(access, request.kind(), stream.entry());
        }
        if (request.kind() == RequestKind.TRANSLATION_REQUEST) {
            return access | Access.TRANSLATION_REQUEST;
        }
        return (access & Access.EXECUTE) != 0 ? access & ~Access.READ : access;
    }

    private static int overridden(int access, RequestKind kind, StreamTableEntry entry) {
        int result = forced(access, Access.PRIVILEGED, entry.privCfg());
        boolean read = (access & Access.WRITE) == 0 && kind != RequestKind.TRANSLATION_REQUEST;
        return read ? forced(result, Access.EXECUTE, entry.instCfg()) : result;
    }

    private static int forced(int access, int bit, int config) {
        return switch (config) {
            case StreamTableEntry.FORCE_CLEAR -> access & ~bit;
            case StreamTableEntry.FORCE_SET -> access | bit;
            default -> access;
        };
    }
}
