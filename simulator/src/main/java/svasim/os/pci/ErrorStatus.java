package svasim.os.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import svasim.pcie.config.AerCapability;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.config.ErrorReporting;
import svasim.pcie.config.PcieError;

/**
 * What software reads from the error registers of a port or function, and clears there.
 *
 * @param errors that are set, uncorrectable ones first
 * @param header the four words of the logged packet; empty if no packet is logged
 */
public record ErrorStatus(List<PcieError> errors, List<Integer> header) {
    private static final int LOG_WORDS = 4;

    public ErrorStatus {
        errors = List.copyOf(errors);
        header = List.copyOf(header);
    }

    /** Reads the registers; empty if the function does not answer or has no such registers. */
    public static ErrorStatus read(ConfigurationSpace space) {
        int aer = space.findExtended(AerCapability.ID);
        if (aer == 0) {
            return new ErrorStatus(List.of(), List.of());
        }
        int uncorrectable = word(space, aer + AerCapability.UNCORRECTABLE_STATUS);
        int correctable = word(space, aer + AerCapability.CORRECTABLE_STATUS);
        List<PcieError> errors = new ArrayList<>(errors(uncorrectable, false));
        errors.addAll(errors(correctable, true));
        int pointer = word(space, aer + AerCapability.CONTROL) & AerCapability.POINTER_MASK;
        boolean logged = (uncorrectable & 1 << pointer) != 0;
        return new ErrorStatus(errors, logged ? header(space, aer) : List.of());
    }

    private static List<PcieError> errors(int status, boolean correctable) {
        List<PcieError> errors = new ArrayList<>();
        for (PcieError error : PcieError.values()) {
            if (error.isCorrectable() == correctable && (status & error.bit()) != 0) {
                errors.add(error);
            }
        }
        return errors;
    }

    private static List<Integer> header(ConfigurationSpace space, int aer) {
        List<Integer> words = new ArrayList<>();
        for (int i = 0; i < LOG_WORDS; i++) {
            words.add(word(space, aer + AerCapability.HEADER_LOG + i * Integer.BYTES));
        }
        return words.stream().allMatch(word -> word == 0) ? List.of() : words;
    }

    /** Clears every error that is set, in Device Status too. */
    static void clear(ConfigurationSpace space) {
        int aer = space.findExtended(AerCapability.ID);
        if (aer != 0) {
            writeBack(space, aer + AerCapability.UNCORRECTABLE_STATUS, Integer.BYTES);
            writeBack(space, aer + AerCapability.CORRECTABLE_STATUS, Integer.BYTES);
            writeBack(space, ErrorReporting.DEVICE_STATUS, Short.BYTES);
        }
    }

    private static void writeBack(ConfigurationSpace space, int offset, int bytes) {
        space.write(offset, bytes, space.read(offset, bytes));
    }

    private static int word(ConfigurationSpace space, int offset) {
        return space.read(offset, Integer.BYTES);
    }

    /** As a kernel log has it: the errors, then "TLP Header:" and its words. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        errors.forEach(error -> names.add(error.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
        StringBuilder text = new StringBuilder(String.join(", ", names));
        if (!header.isEmpty()) {
            text.append("; TLP Header:");
            header.forEach(word -> text.append(String.format(Locale.ROOT, " %08x", word)));
        }
        return text.toString();
    }
}
