package svasim.os.iommu;

import java.util.List;
import java.util.stream.Stream;

/**
 * One link of the chain that a bind needs, with its present value.
 *
 * @param part what has it: the unit, the device or the way between them
 * @param what the capability, control or mode, in the words of its specification
 * @param value what it is now
 * @param holds whether that is good enough
 * @param refusal why a bind is refused if not
 */
public record BindCondition(String part, String what, String value, boolean holds, String refusal) {
    /** A capability that is there or not. */
    public static BindCondition present(String part, String what, boolean there, String refusal) {
        return new BindCondition(part, what, there ? "yes" : "no", there, refusal);
    }

    /** A control that is on or off. */
    public static BindCondition enabled(String part, String what, boolean on, String refusal) {
        return new BindCondition(part, what, on ? "on" : "off", on, refusal);
    }

    /** A capability of a unit, by the name of its register and field. */
    public static BindCondition capability(
            String unit, String field, boolean there, String refusal) {
        return present(unit, field, there, unit + " " + refusal + " (" + field + ")");
    }

    /** The chain of a unit that no driver has brought up. */
    public static List<BindCondition> notProbed(String unit) {
        return List.of(present(unit, "driver", false, unit + " has not been probed"));
    }

    /** The chain of a unit, with what is asked of the device behind it. */
    public static List<BindCondition> chain(
            List<BindCondition> ofUnit, List<BindCondition> ofDevice) {
        return Stream.concat(ofUnit.stream(), ofDevice.stream()).toList();
    }
}
