package org.soebm.api.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.soebm.api.plugin.PluginException;

class TasksTest {
    private record NamedProvider(String name) implements TaskProvider {
        @Override
        public String description() {
            return "decides on " + name;
        }

        @Override
        public Task create() {
            throw new UnsupportedOperationException();
        }
    }

    /** Found through a service file that the test writes. */
    public static final class DiscoveredTask implements TaskProvider {
        @Override
        public String name() {
            return "discovered";
        }

        @Override
        public String description() {
            return "a task in a plug-in folder";
        }

        @Override
        public Task create() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void tasksAreListedByNameAndFoundByName() {
        TaskProvider beds = new NamedProvider("beds");
        TaskProvider power = new NamedProvider("power");
        Tasks tasks = Tasks.of(List.of(power, beds));
        assertThat(tasks.all()).containsExactly(beds, power);
        assertThat(tasks.named("power")).isSameAs(power);
    }

    @Test
    void anUnknownTaskIsAnsweredWithThoseInstalled() {
        Tasks tasks = Tasks.of(List.of(new NamedProvider("power"), new NamedProvider("beds")));
        assertThatThrownBy(() -> tasks.named("trains"))
                .isInstanceOf(UnknownTaskException.class)
                .hasMessage("There is no task named trains; installed are: beds, power.");
        assertThatThrownBy(() -> Tasks.of(List.of()).named("trains"))
                .isInstanceOf(UnknownTaskException.class)
                .hasMessageContaining("none is installed")
                .hasMessageContaining("Add a task's jar");
    }

    @Test
    void twoTasksOfOneNameAreRefused() {
        assertThatThrownBy(() ->
                        Tasks.of(List.of(new NamedProvider("beds"), new DiscoveredTask(), new NamedProvider("beds"))))
                .isInstanceOf(PluginException.class)
                .hasMessageStartingWith("There are two tasks named beds: " + NamedProvider.class.getName())
                .hasMessageContaining("Remove one of them");
        assertThatThrownBy(() -> Tasks.of(List.of(new NamedProvider(" "))))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("has no name");
    }

    @Test
    void tasksAreFoundThroughServiceFilesOfTheGivenClassLoader(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(TaskProvider.class.getName()), DiscoveredTask.class.getName());
        try (URLClassLoader plugins = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            assertThat(Tasks.load(plugins).all()).extracting(TaskProvider::name).contains("discovered");
        }
    }
}
