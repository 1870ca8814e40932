package svasim.iommu.vtd;

import svasim.iommu.core.CommandReader.Outcome;
import svasim.iommu.core.DeviceInvalidations;
import svasim.pcie.tlp.PasidPrefix;

/** Carries out invalidation descriptors (reference vtd.md, 6). */
final class DescriptorExecutor {
    private static final int LAST_LEGACY_TYPE = Descriptor.WAIT;

    private final Capabilities capabilities;
    private final RemappingMode mode;
    private final Invalidator invalidator;
    private final DeviceInvalidations devices;
    private final PageRequestIntake pageRequests;
    private final WaitDescriptor wait;

    DescriptorExecutor(
            Capabilities capabilities,
            RemappingMode mode,
            Invalidator invalidator,
            DeviceInvalidations devices,
            PageRequestIntake pageRequests,
            WaitDescriptor wait) {
        this.capabilities = capabilities;
        this.mode = mode;
        this.invalidator = invalidator;
        this.devices = devices;
        this.pageRequests = pageRequests;
        this.wait = wait;
    }

    /** Why the descriptor cannot be carried out, or null. */
    QueueError check(long[] words) {
        int type = Descriptor.type(words[0]);
        if (!Descriptor.known(type)
                || mode.tableMode() == RootTable.LEGACY && type > LAST_LEGACY_TYPE
                || type == Descriptor.PAGE_GROUP_RESPONSE && !capabilities.has("ECAP.PRS")
                || type == Descriptor.HOST_PERMISSIONS && !capabilities.permissionTables()) {
            return QueueError.TYPE_INVALID;
        }
        if (Descriptor.reservedBits(type, words[0], words[1]) || (words[2] | words[3]) != 0) {
            return QueueError.RESERVED_FIELD;
        }
        return fieldsLegal(type, words) ? null : QueueError.RESERVED_FIELD;
    }

    private boolean fieldsLegal(int type, long[] words) {
        int granularity = Descriptor.granularity(words[0]);
        return switch (type) {
            case Descriptor.CONTEXT_CACHE -> granularity != 0;
            case Descriptor.IOTLB -> granularity == 3 ? pagesLegal(words[1]) : granularity != 0;
            case Descriptor.PASID_IOTLB ->
                    granularity == 3 ? pagesLegal(words[1]) : granularity == 2;
            case Descriptor.PASID_CACHE -> granularity != 2;
            case Descriptor.HOST_PERMISSIONS ->
                    granularity == 3 ? addressMaskLegal(words[1]) : granularity != 0;
            case Descriptor.WAIT ->
                    !Descriptor.drainsPageRequests(words[0]) || capabilities.has("ECAP.PDS");
            default -> true;
        };
    }

    private boolean pagesLegal(long word1) {
        return capabilities.has("CAP.PSI") && addressMaskLegal(word1);
    }

    private boolean addressMaskLegal(long word1) {
        return Descriptor.addressMask(word1) <= capabilities.maxAddressMask;
    }

    /**
     * Carries out a descriptor that {@link #check} has passed.
     *
     * @param slot of the queue that it stands in
     */
    Outcome execute(long[] words, int slot) {
        switch (Descriptor.type(words[0])) {
            case Descriptor.CONTEXT_CACHE -> contexts(words[0]);
            case Descriptor.IOTLB -> translations(words[0], words[1]);
            case Descriptor.PASID_IOTLB -> pasidTranslations(words[0], words[1]);
            case Descriptor.PASID_CACHE -> pasidEntries(words[0]);
            case Descriptor.DEVICE_TLB, Descriptor.PASID_DEVICE_TLB -> {
                return deviceTlb(words[0], words[1]);
            }
            case Descriptor.HOST_PERMISSIONS -> permissions(words[0], words[1]);
            case Descriptor.PAGE_GROUP_RESPONSE -> {
                return respond(words[0], words[1]);
            }
            case Descriptor.WAIT -> {
                return wait.execute(words[0], words[1], slot);
            }
            default -> {
                // Interrupt entries are not cached here.
            }
        }
        return Outcome.DONE;
    }

    private void contexts(long word0) {
        switch (Descriptor.granularity(word0)) {
            case 1 -> invalidator.allContexts();
            case 2 -> invalidator.contextsOfDomain(Descriptor.domain(word0));
            default ->
                    invalidator.contextsOfDevice(
                            Descriptor.domain(word0),
                            Descriptor.source(word0),
                            Descriptor.functionMask(word0));
        }
    }

    private void translations(long word0, long word1) {
        int domain = Descriptor.domain(word0);
        switch (Descriptor.granularity(word0)) {
            case 1 -> invalidator.allTranslations();
            case 2 -> invalidator.translationsOfDomain(domain);
            default ->
                    invalidator.secondStagePages(
                            domain,
                            Descriptor.address(word1),
                            Descriptor.addressMask(word1),
                            Descriptor.leavesOnly(word1));
        }
    }

    private void pasidTranslations(long word0, long word1) {
        int domain = Descriptor.domain(word0);
        int pasid = Descriptor.pasid(word0);
        if (Descriptor.granularity(word0) == 2) {
            invalidator.translationsOfPasid(domain, pasid);
        } else {
            invalidator.firstStagePages(
                    domain,
                    pasid,
                    Descriptor.address(word1),
                    Descriptor.addressMask(word1),
                    Descriptor.leavesOnly(word1));
        }
    }

    private void pasidEntries(long word0) {
        switch (Descriptor.granularity(word0)) {
            case 0 -> invalidator.pasidsOfDomain(Descriptor.domain(word0));
            case 1 -> invalidator.pasid(Descriptor.domain(word0), Descriptor.pasid(word0));
            default -> invalidator.allPasids();
        }
    }

    private void permissions(long word0, long word1) {
        int domain = Descriptor.domain(word0);
        switch (Descriptor.granularity(word0)) {
            case 1 -> invalidator.allPermissions();
            case 2 -> invalidator.permissionsOfDomain(domain);
            default ->
                    invalidator.permissionsOfPages(
                            domain,
                            Descriptor.address(word1),
                            Descriptor.addressMask(word1),
                            Descriptor.permissionLeavesOnly(word1));
        }
    }

    /** Waits until the unit itself holds nothing old that the device could fetch again. */
    private Outcome deviceTlb(long word0, long word1) {
        if (!invalidator.drained()) {
            return Outcome.WAITS;
        }
        int type = Descriptor.type(word0);
        boolean withPasid = type == Descriptor.PASID_DEVICE_TLB;
        int requester = withPasid ? Descriptor.requester(word0) : Descriptor.source(word0);
        boolean named = capabilities.has("ECAP.DIT");
        int itag =
                devices.send(
                        requester,
                        named ? Descriptor.physicalFunction(word0) : requester,
                        Descriptor.maxPending(type, word0),
                        new DeviceInvalidations.Range(
                                Descriptor.address(word1),
                                Descriptor.sized(type, word1),
                                withPasid && Descriptor.global(word1)),
                        withPasid ? new PasidPrefix(Descriptor.pasid(word0)) : null);
        return itag == DeviceInvalidations.NOT_SENT ? Outcome.WAITS : Outcome.DONE;
    }

    /**
     * After the time-out of a device the queue is read again from the oldest pending wait on:
     * invalidations may be repeated, responses not, and so these wait.
     */
    private Outcome respond(long word0, long word1) {
        if (wait.pending()) {
            return Outcome.WAITS;
        }
        boolean withPasid = Descriptor.pasidPresent(word0);
        pageRequests.respond(
                Descriptor.requester(word0),
                Descriptor.groupIndex(word1),
                Descriptor.responseCode(word0),
                withPasid ? new PasidPrefix(Descriptor.pasid(word0)) : null);
        return Outcome.DONE;
    }
}
