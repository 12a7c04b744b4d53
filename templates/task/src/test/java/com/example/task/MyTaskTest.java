package com.example.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.soebm.api.task.TaskData;
import org.soebm.api.task.Tasks;

class MyTaskTest {
    private final MyTask task = new MyTask();

    @Test
    void theLibraryFindsTheTask() {
        assertThat(Tasks.load().named(MyTask.NAME).create()).isInstanceOf(MyTask.class);
    }

    @Test
    void shortageCostsNineTimesAsMuchAsSurplus() {
        assertThat(task.cost().cost(new double[] {10}, new double[] {8})).isEqualTo(18);
        assertThat(task.cost().cost(new double[] {10}, new double[] {12})).isEqualTo(2);
    }

    @Test
    void rowsFitCostAndConstraintsAndDependOnTheSeedAlone() {
        TaskData data = task.data(null, 1);
        assertThat(data.parameters().width()).isEqualTo(task.cost().parameterCount());
        assertThat(task.constraints().decisionCount()).isEqualTo(task.cost().decisionCount());
        assertThat(task.data(null, 1).parameters().row(5))
                .isEqualTo(data.parameters().row(5));
        assertThat(task.data(null, 2).parameters().row(5))
                .isNotEqualTo(data.parameters().row(5));
    }
}
