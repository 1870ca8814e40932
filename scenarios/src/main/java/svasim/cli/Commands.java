package svasim.cli;

import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The commands, each made only when it is needed. */
enum Commands {
    RUN(RunCommand::new),
    CHECK(CheckCommand::new),
    EXPLORE(ExploreCommand::new),
    SWEEP(SweepCommand::new),
    COLLECT(CollectCommand::new),
    COMPARE(CompareCommand::new),
    MATRIX(MatrixCommand::new),
    LESSON(LessonCommand::new),
    EXPLAIN(ExplainCommand::new),
    REPLAY(ReplayCommand::new),
    VALIDATE(ValidateCommand::new),
    LIST(ListCommand::new),
    SHOW(ShowCommand::new),
    NEW(NewCommand::new),
    IMPORT(ImportCommand::new),
    SCHEMA(SchemaCommand::new);

    private final Supplier<Object> command;

    Commands(Supplier<Object> command) {
        this.command = command;
    }

    /** The command of this name, or null. */
    static Commands named(String name) {
        for (Commands command : values()) {
            if (command.word().equals(name)) {
                return command;
            }
        }
        return null;
    }

    void addTo(CommandLine line) {
        line.addSubcommand(word(), command.get());
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
