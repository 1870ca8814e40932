package svasim.iommu.amdvi;

/** Which commands are illegal (5): unknown, without their feature, or with reserved bits set. */
final class CommandCheck {
    private final Features features;

    CommandCheck(Features features) {
        this.features = features;
    }

    boolean illegal(Command command) {
        Opcode opcode = Opcode.of(command.opcode());
        return opcode == null
                || !offered(opcode)
                || opcode.reservedSet(command)
                || lacksFeature(opcode, command);
    }

    private boolean offered(Opcode opcode) {
        return switch (opcode) {
            case INVALIDATE_IOTLB_PAGES -> features.ats();
            case PREFETCH_IOMMU_PAGES -> features.has("PreFSup");
            case COMPLETE_PPR_REQUEST -> features.has("PPRSup");
            case INVALIDATE_IOMMU_ALL -> features.has("IASup");
            default -> true;
        };
    }

    /** Fields that are reserved without a feature. */
    private boolean lacksFeature(Opcode opcode, Command command) {
        return switch (opcode) {
            case INVALIDATE_IOMMU_PAGES, COMPLETE_PPR_REQUEST, PREFETCH_IOMMU_PAGES ->
                    command.guest() && !features.has("GTSup");
            case INVALIDATE_IOTLB_PAGES ->
                    command.guest() && !features.has("GTSup")
                            || command.iotlbType() != 0 && !features.has("InvIotlbTypeSup");
            default -> false;
        };
    }
}
