package svasim.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import svasim.binding.Meanings;
import svasim.device.DeviceModelProvider;

/** What {@code show} tells of a device model: its configuration and the work that it takes. */
final class ModelPage {
    private ModelPage() {}

    static List<String> of(DeviceModelProvider<?, ?> model) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(model.model() + ": " + model.summary());
        lines.add("devices: {NAME: {model: " + model.model() + ", config: {...}}}");
        lines.add("");
        lines.add("config:");
        lines.addAll(parameters(model));
        lines.add("");
        lines.add("work: submit: {to: NAME, ...} with");
        lines.addAll(ParameterTable.ofWork(model.workType(), model.bufferKeys()));
        lines.add("");
        lines.addAll(
                Uses.of(
                        "scenarios",
                        model.model(),
                        scenario ->
                                scenario.machine().devices().values().stream()
                                        .anyMatch(d -> model.model().equals(d.model()))));
        return lines;
    }

    /** Each key of the configuration, and where the defaults are from. */
    static List<String> parameters(DeviceModelProvider<?, ?> model) {
        List<String> lines = new ArrayList<>();
        String source = Meanings.of(model.configType()).summary();
        if (!source.isEmpty()) {
            lines.add("  " + source);
        }
        lines.addAll(ParameterTable.ofConfig(model.defaults()));
        return lines;
    }
}
