package svasim.iommu.amdvi;

import java.util.EnumSet;
import java.util.Set;
import svasim.paging.Access;
import svasim.paging.AmdHostStage;
import svasim.paging.Stage;
import svasim.paging.X86Stage;

/** Makes stages of what device table entries and GCR3 entries say. */
final class Decoder {
    private static final int ADDRESS_BITS = 52;
    private static final int LEAST_GUEST_LEVELS = 4;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final Features features;
    private final Set<X86Stage.Option> guestOptions;

    Decoder(Features features) {
        this.features = features;
        this.guestOptions = EnumSet.of(X86Stage.Option.WRITE_PROTECT, X86Stage.Option.PAGES_1G);
        if (features.has("NXSup")) {
            guestOptions.add(X86Stage.Option.EXECUTE_DISABLE);
        }
    }

    Device device(DeviceTableEntry entry) {
        boolean translates = entry.valid() && entry.translationValid() && entry.mode() != 0;
        return translates
                ? new Device(entry, host(entry, entry.permitted()), host(entry, READ_WRITE))
                : new Device(entry, null, null);
    }

    private Stage host(DeviceTableEntry entry, int permitted) {
        Set<AmdHostStage.Option> options = EnumSet.noneOf(AmdHostStage.Option.class);
        if (entry.hostAccessed() && features.has("HASup")) {
            options.add(AmdHostStage.Option.ACCESSED);
        }
        if (entry.hostDirty() && features.has("HDSup")) {
            options.add(AmdHostStage.Option.DIRTY);
        }
        return new AmdHostStage(entry.mode(), entry.hostRoot(), permitted, options);
    }

    /** Guest tables behind a guest CR3; the device table entry's IR and IW count in them. */
    Stage guest(DeviceTableEntry entry, long root) {
        return new X86Stage(
                LEAST_GUEST_LEVELS + entry.guestPagingMode(),
                root,
                ADDRESS_BITS,
                guestOptions,
                entry.permitted());
    }
}
