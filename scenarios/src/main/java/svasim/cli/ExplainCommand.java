package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import svasim.binding.JsonText;
import svasim.binding.Names;
import svasim.explain.BindChain;
import svasim.run.MachineAssembly;
import svasim.scenario.BoundScenario;
import svasim.scenario.Origin;
import svasim.scenario.Origins;
import svasim.scenario.ScenarioFile;

/** {@code svasim explain}. */
@Command(
        mixinStandardHelpOptions = true,
        description = {
            "Shows the values that a scenario runs with and where each comes from, or what a bind",
            "needs of its machine and which condition fails first."
        },
        footer = {
            "%nExit codes: 0 shown, and with bind every device can be bound; 1 a device cannot",
            "be bound."
        })
final class ExplainCommand implements Callable<Integer> {
    private static final String BIND = "bind";

    @Parameters(index = "0", paramLabel = "FILE", description = "Scenario file.")
    private Path file;

    @Parameters(
            index = "1",
            paramLabel = "bind|KEY",
            arity = "0..1",
            description = "What is asked for: a bind, or a key and those below it; all keys else.")
    private String topic;

    @Option(names = "--variant", paramLabel = "NAME", description = "Variant; the first one else.")
    private String variant;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Another value, for example machine.profile=haswell-ep.")
    private Map<String, String> sets = Map.of();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Format format;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ScenarioFile read = ScenarioFile.read(file);
        String name = variant == null ? read.variants().get(0) : variant;
        BoundScenario scenario = read.bind(name, sets);
        if (BIND.equals(topic)) {
            return bind(scenario);
        }
        values(Origins.of(scenario));
        if (topic == null && format == Format.TEXT) {
            PrintWriter out = spec.commandLine().getOut();
            chains(scenario).forEach(chain -> out.println(chain.use()));
        }
        return ExitCode.GOOD;
    }

    private static List<BindChain> chains(BoundScenario scenario) {
        return BindChain.of(new MachineAssembly(), scenario);
    }

    private int bind(BoundScenario scenario) {
        PrintWriter out = spec.commandLine().getOut();
        List<BindChain> chains = chains(scenario);
        if (format == Format.JSON) {
            out.print(JsonText.pretty(chains.stream().map(BindChain::plain).toList()));
        } else if (chains.isEmpty()) {
            out.println("the machine has no device");
        } else {
            chains.forEach(chain -> chain.text().forEach(out::println));
        }
        boolean all = chains.stream().allMatch(chain -> chain.firstFailing() == null);
        return all && !chains.isEmpty() ? ExitCode.GOOD : ExitCode.DIFFERENT;
    }

    private void values(List<Origin> all) {
        List<Origin> asked = topic == null ? all : below(topic, all);
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.JSON) {
            out.print(JsonText.pretty(asked.stream().map(ExplainCommand::plain).toList()));
        } else {
            OriginTable.lines(asked, ExplainCommand::from).forEach(out::println);
        }
    }

    private List<Origin> below(String key, List<Origin> all) {
        List<Origin> asked = new ArrayList<>();
        for (Origin origin : all) {
            if (origin.key().equals(key) || origin.key().startsWith(key + ".")) {
                asked.add(origin);
            }
        }
        if (asked.isEmpty()) {
            String near = Names.nearest(key, all.stream().map(Origin::key).toList());
            String question = near == null ? "" : ". Did you mean \"" + near + "\"?";
            throw new ParameterException(
                    spec.commandLine(), "no value has the key \"" + key + "\"" + question);
        }
        return asked;
    }

    private static String from(Origin origin) {
        String from = origin.from();
        return origin.source().isEmpty() ? from : from + ": " + origin.source();
    }

    private static Object plain(Origin origin) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("key", origin.key());
        plain.put("value", origin.value());
        plain.put("from", origin.from());
        if (!origin.source().isEmpty()) {
            plain.put("source", origin.source());
        }
        return plain;
    }
}
