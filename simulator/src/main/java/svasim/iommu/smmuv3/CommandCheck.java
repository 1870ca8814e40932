package svasim.iommu.smmuv3;

/**
 * Which commands end with CERROR_ILL (4.1 and the pages of the commands): opcodes that do not exist
 * or whose feature is absent, and parameters without meaning. Reserved fields are not looked at.
 */
final class CommandCheck {
    private static final int RESERVED_RESPONSE = 3;
    private static final int RESERVED_SIGNAL = 3;
    private static final int MAX_ATC_SIZE = 52;

    private final Features features;

    CommandCheck(Features features) {
        this.features = features;
    }

    boolean illegal(Command command) {
        Opcode opcode = Opcode.of(command.opcode());
        return opcode == null
                || command.secure()
                || !offered(opcode)
                || parametersIllegal(opcode, command);
    }

    private boolean offered(Opcode opcode) {
        return switch (opcode) {
            case CFGI_CD, CFGI_CD_ALL, TLBI_NH_ALL, TLBI_NH_ASID, TLBI_NH_VA, TLBI_NH_VAA ->
                    features.has(IdField.S1P);
            case TLBI_EL2_ALL, TLBI_EL2_ASID, TLBI_EL2_VA, TLBI_EL2_VAA ->
                    features.has(IdField.S1P) && features.has(IdField.HYP);
            case TLBI_S12_VMALL, TLBI_S2_IPA -> features.has(IdField.S2P);
            case CFGI_VMS_PIDM -> features.has(IdField.MPAM);
            case ATC_INV -> features.has(IdField.ATS);
            case PRI_RESP -> features.has(IdField.PRI);
            case RESUME, STALL_TERM -> features.stalls();
            default -> true;
        };
    }

    private boolean parametersIllegal(Opcode opcode, Command command) {
        return switch (opcode) {
            case TLBI_NH_VA, TLBI_NH_VAA, TLBI_EL2_VA, TLBI_EL2_VAA, TLBI_S2_IPA ->
                    rangeIllegal(command);
            case ATC_INV -> command.atcSize() > MAX_ATC_SIZE;
            case PRI_RESP -> command.response() == RESERVED_RESPONSE;
            case SYNC -> command.completionSignal() == RESERVED_SIGNAL;
            default -> false;
        };
    }

    private boolean rangeIllegal(Command command) {
        return features.has(IdField.RIL)
                && command.tg() != 0
                && command.num() == 0
                && command.scale(features.has(IdField.DS)) == 0
                && command.ttl() == 0;
    }
}
