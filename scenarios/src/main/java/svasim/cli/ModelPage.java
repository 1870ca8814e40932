package svasim.cli;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import svasim.binding.Extensions;
import svasim.binding.Names;
import svasim.binding.Plain;
import svasim.device.DeviceModelProvider;

/** What {@code show} tells of a device model: its configuration and the work that it takes. */
final class ModelPage {
    private ModelPage() {}

    static List<String> of(DeviceModelProvider<?, ?> model) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(model.model() + ": " + model.summary());
        lines.add("devices: {NAME: {model: " + model.model() + ", config: {...}}}");
        lines.add("");
        lines.add("config, with defaults:");
        Map<?, ?> defaults = (Map<?, ?>) Plain.of(model.defaults(), Extensions.NONE);
        defaults.forEach((key, value) -> lines.add("  " + key + ": " + value));
        lines.add("");
        lines.add("work: submit: {to: NAME, ...} with");
        for (RecordComponent key : model.workType().getRecordComponents()) {
            boolean buffer = model.bufferKeys().contains(key.getName());
            lines.add("  " + key.getName() + ": " + (buffer ? "a buffer" : kind(key.getType())));
        }
        lines.add("");
        lines.addAll(
                Uses.of(
                        "scenarios",
                        scenario ->
                                scenario.machine().devices().values().stream()
                                        .anyMatch(d -> model.model().equals(d.model()))));
        return lines;
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> Names.kebab(((Enum<?>) constant).name()))
                    .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "Boolean" -> "true or false";
            case "Integer", "Long" -> "a number";
            case "String" -> "a text";
            case "ByteSize" -> "a size";
            case "Picoseconds" -> "a time";
            default -> Names.kebab(type.getSimpleName());
        };
    }
}
