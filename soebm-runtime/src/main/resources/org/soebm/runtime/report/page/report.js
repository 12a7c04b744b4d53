(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('charts').textContent);
  const narrow = () => window.innerWidth < 600;
  const drawn = [];
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
  const band = strength => `rgba(${colour('band')}, ${strength})`;
  const number = value => {
    if (value === null || !Number.isFinite(value)) return '–';
    const size = Math.abs(value);
    const text = size !== 0 && (size < 1e-4 || size >= 1e9)
      ? value.toExponential(2)
      : value.toLocaleString('en', { maximumSignificantDigits: size >= 1e4 ? 6 : 4 });
    return text.replace('-', '−');
  };
  const percent = share => number(100 * share) + '%';

  /** Whiskers of two standard errors: datasets with `errors`. */
  const whiskers = {
    id: 'whiskers',
    afterDatasetsDraw(chart) {
      const context = chart.ctx;
      chart.data.datasets.forEach((dataset, index) => {
        if (!dataset.errors || !chart.isDatasetVisible(index)) return;
        const isHorizontal = chart.options.indexAxis === 'y';
        const scale = isHorizontal ? chart.scales.x : chart.scales.y;
        chart.getDatasetMeta(index).data.forEach((element, i) => {
          const error = dataset.errors[i];
          if (!error || dataset.data[i] === null) return;
          const from = scale.getPixelForValue(dataset.data[i] - 2 * error);
          const to = scale.getPixelForValue(dataset.data[i] + 2 * error);
          const across = isHorizontal ? element.y : element.x;
          const line = (x1, y1, x2, y2) => { context.moveTo(x1, y1); context.lineTo(x2, y2); };
          context.save();
          context.strokeStyle = colour('ink');
          context.lineWidth = 1.5;
          context.beginPath();
          if (isHorizontal) {
            line(from, across, to, across); line(from, across - 6, from, across + 6); line(to, across - 6, to, across + 6);
          } else {
            line(across, from, across, to); line(across - 6, from, across + 6, from); line(across - 6, to, across + 6, to);
          }
          context.stroke();
          context.restore();
        });
      });
    }
  };

  /** Short lines across bars where they should end: datasets with `marks`. */
  const marks = {
    id: 'marks',
    afterDatasetsDraw(chart) {
      const context = chart.ctx;
      chart.data.datasets.forEach((dataset, index) => {
        if (!dataset.marks) return;
        chart.getDatasetMeta(index).data.forEach((element, i) => {
          const y = chart.scales.y.getPixelForValue(dataset.marks[i]);
          context.save();
          context.strokeStyle = colour('ink');
          context.lineWidth = 3;
          context.beginPath();
          context.moveTo(element.x - element.width * 0.65, y);
          context.lineTo(element.x + element.width * 0.65, y);
          context.stroke();
          context.restore();
        });
      });
    }
  };

  const axis = (title, more = {}) => ({
    title: { display: title !== '', text: title, color: colour('soft'), font: { size: 13 } },
    grid: { color: colour('line') },
    border: { color: colour('line') },
    ...more,
    ticks: { color: colour('soft'), font: { size: 12 }, ...more.ticks }
  });
  const values = (title, more = {}) => axis(title, { ...more, ticks: { callback: number, maxTicksLimit: 7, ...more.ticks } });
  const categories = (title, more = {}) =>
    axis(title, { ...more, grid: { display: false }, ticks: { autoSkip: true, maxRotation: 50, autoSkipPadding: 8, ...more.ticks } });
  const options = (x, y, extra = {}) => ({
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    interaction: { mode: 'index', intersect: false },
    ...extra,
    scales: { x, y },
    plugins: { legend: { display: false }, ...extra.plugins }
  });

  /** A legend in HTML, which wraps and shows dashes; the chart's own does not. Datasets without a label are left out. */
  const element = (name, attributes, parent) => {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    return parent.appendChild(node);
  };
  const swatch = (dataset, parent) => {
    const svg = element('svg', { width: 28, height: 14, viewBox: '0 0 28 14', 'aria-hidden': 'true' }, parent);
    const isArea = dataset.fill === '-1' || dataset.type === 'bar';
    if (isArea) {
      element('rect', { x: 2, y: 1, width: 24, height: 12, fill: dataset.backgroundColor }, svg);
      return;
    }
    if (dataset.showLine !== false) {
      element('line', { x1: 0, x2: 28, y1: 7, y2: 7, stroke: dataset.borderColor, 'stroke-width': dataset.borderWidth,
        'stroke-dasharray': (dataset.borderDash || []).join(' ') }, svg);
    }
    if (dataset.pointRadius > 0) {
      const fill = { fill: dataset.borderColor };
      switch (dataset.pointStyle) {
        case 'rect': element('rect', { x: 10, y: 3, width: 8, height: 8, ...fill }, svg); break;
        case 'rectRot': element('path', { d: 'M14 2 L19 7 L14 12 L9 7 Z', ...fill }, svg); break;
        case 'triangle': element('path', { d: 'M14 2 L19 11 L9 11 Z', ...fill }, svg); break;
        default: element('circle', { cx: 14, cy: 7, r: 4, ...fill }, svg);
      }
    }
  };
  const legend = ({ canvas, chart }) => {
    const named = chart.data.datasets.filter(dataset => dataset.label !== '');
    const place = canvas.parentElement;
    if (place.nextElementSibling && place.nextElementSibling.className === 'legend') place.nextElementSibling.remove();
    if (named.length < 2) return;
    const list = document.createElement('ul');
    list.className = 'legend';
    named.forEach(dataset => {
      const item = list.appendChild(document.createElement('li'));
      swatch(dataset, item);
      item.append(dataset.label);
    });
    place.after(list);
  };

  /** Draws a chart now, and again in other colours when the reader's theme changes. */
  const draw = (canvas, make) => {
    if (!canvas) return;
    const entry = { canvas, make, chart: new Chart(canvas, make()) };
    drawn.push(entry);
    legend(entry);
  };
  const byId = id => document.getElementById(id);
  const valueLabel = { callbacks: { label: item => `${item.dataset.label}: ${number(item.raw !== null && typeof item.raw === 'object' ? item.raw.y : item.raw)}` } };
  const tone = name => name === data.method ? 'own' : name === 'two-stage' ? 'base' : 'other';

  // What decisions cost
  const base = data.costs.find(cost => cost.name === 'two-stage');
  const fits = data.costs.filter(cost => cost.name !== 'point forecast' || !(cost.mean > 4 * base.mean));
  if (fits.length < data.costs.length) {
    byId('c-costs-note').textContent =
      ` The point forecast, at ${number(data.costs[0].mean)}, is far off the chart and only in the table.`;
  }
  draw(byId('c-costs'), () => ({
    type: 'bar',
    data: {
      labels: fits.map(cost => cost.name),
      datasets: [{
        label: 'task loss',
        data: fits.map(cost => cost.mean),
        errors: fits.map(cost => cost.error),
        backgroundColor: fits.map(cost => colour(tone(cost.name))),
        maxBarThickness: 30
      }]
    },
    options: options(
      values('mean task loss', {
        beginAtZero: true,
        suggestedMin: Math.min(0, ...fits.map(cost => cost.mean - 2.2 * (cost.error || 0))),
        suggestedMax: Math.max(0, ...fits.map(cost => cost.mean + 2.2 * (cost.error || 0)))
      }),
      categories('', { ticks: { color: colour('ink'), font: { size: 13 } } }),
      { indexAxis: 'y', plugins: { tooltip: { callbacks: { label: item => `${number(item.raw)} ± ${number(fits[item.dataIndex].error)}` } } } }),
    plugins: [whiskers]
  }));
  if (data.gain) {
    const reach = 2.4 * (data.gain.error || 0);
    draw(byId('c-gain'), () => ({
      type: 'bar',
      data: {
        labels: [data.method],
        datasets: [{ label: 'gain', data: [data.gain.mean], errors: [data.gain.error], backgroundColor: colour('own'), maxBarThickness: 30 }]
      },
      options: options(
        values('task loss saved a decision; right of zero is better', {
          suggestedMin: Math.min(0, data.gain.mean - reach),
          suggestedMax: Math.max(0, data.gain.mean + reach),
          grid: { color: line => line.tick.value === 0 ? colour('ink') : colour('line') }
        }),
        categories('', { ticks: { color: colour('ink'), font: { size: 13 } } }),
        { indexAxis: 'y', plugins: { tooltip: { callbacks: { label: item => `${number(item.raw)} ± ${number(data.gain.error)}` } } } }),
      plugins: [whiskers]
    }));
  }

  // How it learned
  const points = (phase, key, from) => phase.epochs
    .map((epoch, i) => ({ x: from + epoch, y: phase[key][i] }))
    .filter(point => point.y !== null);
  const line = (label, points, name, more = {}) => ({
    label, data: points, borderColor: colour(name), backgroundColor: colour(name), borderWidth: 2,
    pointRadius: points.length > 40 ? 0 : 3, pointStyle: 'circle', ...more
  });
  const epochs = (title, more = {}) => values(title, { type: 'linear', ...more, ticks: { precision: 0, maxTicksLimit: narrow() ? 6 : 12, callback: number } });
  const validated = data.phases.flatMap(phase => phase.validation.filter(value => value !== null));
  const start = data.phases[0].validation[0];
  const isStartShown = validated.length < 3 || !(start > 2 * Math.max(...validated.slice(1)));
  if (!isStartShown) {
    byId('c-validation-note').textContent =
      ` Random weights, at ${number(start)} in epoch 0, are far off the chart and only in the table.`;
  }
  draw(byId('c-validation'), () => {
    const datasets = [];
    let from = 0;
    data.phases.forEach(phase => {
      const own = points(phase, 'validation', from).filter(point => isStartShown || point.x > 0);
      datasets.push(line(phase.name, own, tone(phase.name)));
      if (phase.best !== null) {
        datasets.push({
          label: '', data: own.filter(point => point.x === from + phase.best), showLine: false, pointRadius: 8, pointHoverRadius: 8,
          borderWidth: 2, borderColor: colour('ink'), backgroundColor: 'transparent'
        });
      }
      if (phase.best !== null && phase !== data.phases[data.phases.length - 1]) from += phase.epochs[phase.epochs.length - 1];
    });
    return {
      type: 'line',
      data: { datasets },
      options: options(
        epochs('epoch, counted over all phases', { min: 0 }),
        values('mean task loss', { grace: '5%' }),
        {
          interaction: { mode: 'nearest', intersect: false },
          plugins: {
            tooltip: { filter: item => item.dataset.label !== '', callbacks: { title: items => items.length ? `epoch ${items[0].raw.x}` : '', ...valueLabel.callbacks } }
          }
        })
    };
  });
  document.querySelectorAll('.c-loss').forEach((canvas, i) => draw(canvas, () => ({
    type: 'line',
    data: { datasets: [line('training loss', points(data.phases[i], 'loss', 0), tone(data.phases[i].name))] },
    options: options(epochs('epoch of ' + data.phases[i].name), values('training loss', { grace: '5%' }), { plugins: { tooltip: valueLabel } })
  })));
  draw(byId('c-samples'), () => {
    const phase = data.phases[data.phases.length - 1];
    const sizes = points(phase, 'sampleSize', 0);
    const all = sizes.map(point => ({ x: point.x, y: data.draws }));
    return {
      type: 'line',
      data: { datasets: [
        line('effective sample size', sizes, 'own'),
        line('all draws', all, 'soft', { borderDash: [6, 4], pointRadius: all.length === 1 ? 3 : 0, pointStyle: 'line' })
      ] },
      options: options(epochs('epoch of ' + phase.name), values('draws', { min: 0 }), { plugins: { tooltip: valueLabel } })
    };
  });

  // Calibration
  const levelTones = ['other', 'own', 'base'];
  if (data.coverage) {
    const shares = () => axis('covered', { min: 0, max: 1, ticks: { callback: percent, stepSize: 0.25 } });
    draw(byId('c-coverage'), () => ({
      type: 'bar',
      data: {
        labels: data.coverage.levels.map(level => `${percent(level)} interval`),
        datasets: [{
          label: 'covered', data: data.coverage.overall, errors: data.coverage.errors, marks: data.coverage.levels,
          backgroundColor: levelTones.map(colour), maxBarThickness: 56
        }]
      },
      options: options(categories('', { ticks: { color: colour('ink') } }), shares(),
        { plugins: { tooltip: { callbacks: { label: item => `${percent(item.raw)} covered` } } } }),
      plugins: [whiskers, marks]
    }));
    draw(byId('c-parameters'), () => ({
      type: 'line',
      data: {
        labels: data.parameters,
        datasets: data.coverage.levels.flatMap((level, i) => [
          { label: `${percent(level)} interval`, data: data.coverage.byParameter[i], borderColor: colour(levelTones[i]),
            backgroundColor: colour(levelTones[i]), borderWidth: 2, showLine: data.ordered,
            pointRadius: data.parameters.length > 40 && data.ordered ? 0 : 3, pointStyle: 'circle' },
          { label: '', data: data.parameters.map(() => level), borderColor: colour(levelTones[i]), borderWidth: 1.5,
            borderDash: [6, 4], pointRadius: 0, pointHoverRadius: 0 }
        ])
      },
      options: options(categories('parameter'), shares(), {
        plugins: {
          tooltip: { filter: item => item.dataset.label !== '', callbacks: { label: item => `${item.dataset.label}: ${percent(item.raw)}` } }
        }
      })
    }));
  }

  // Test rows
  const predicted = row => {
    if (!row.levels) return [];
    const strengths = [0.42, 0.26, 0.14];
    const intervals = row.levels.map((level, i) => ({ level, i })).reverse().flatMap(({ level, i }) => data.ordered
      ? [
        { label: '', data: row.lower[i], pointRadius: 0, pointHoverRadius: 0, borderWidth: 0, borderColor: 'transparent' },
        { label: `${percent(level)} interval`, data: row.upper[i], pointRadius: 0, pointHoverRadius: 0, borderWidth: 0,
          borderColor: 'transparent', backgroundColor: band(strengths[i]), fill: '-1', pointStyle: 'rect', order: 9 }
      ]
      : [{ type: 'bar', label: `${percent(level)} interval`, data: row.lower[i].map((low, k) => [low, row.upper[i][k]]),
          backgroundColor: band(strengths[i]), borderSkipped: false, grouped: false, pointStyle: 'rect', order: 9,
          barPercentage: 0.55 + 0.18 * (2 - i), categoryPercentage: 0.9 }]);
    return [...intervals, {
      label: 'median', data: row.median, borderColor: band(0.95), backgroundColor: band(0.95), borderWidth: 1.5, pointRadius: data.ordered ? 0 : 4,
      showLine: data.ordered, pointStyle: data.ordered ? 'line' : 'rectRot', order: 8
    }];
  };
  const series = (label, values, name, more = {}) => ({
    label, data: values, borderColor: colour(name), backgroundColor: colour(name), borderWidth: 2, pointRadius: values.length > 40 ? 1.5 : 3, order: 1, ...more
  });
  const came = row => series('what came', row.truth, 'truth', { pointStyle: 'circle', showLine: false, pointRadius: row.truth.length > 60 ? 2 : 4, order: 0 });
  const decided = (row, showLine) => {
    const style = { showLine, pointRadius: showLine ? 0 : 4, pointHoverRadius: 5 };
    const all = [series(data.method === 'two-stage' ? 'decision' : `decision of ${data.method}`, row.decision, 'base',
      { ...style, pointStyle: showLine ? 'line' : 'rect', borderWidth: 2.5 })];
    if (row.twoStage) {
      all.push(series('decision of two-stage', row.twoStage, 'other', { ...style, pointStyle: showLine ? 'line' : 'triangle', borderDash: [2, 3] }));
    }
    all.push(series('optimal in hindsight', row.optimum, 'good', { ...style, pointStyle: showLine ? 'line' : 'circle', borderDash: [8, 4] }));
    return all;
  };
  const rowLabel = { filter: item => item.dataset.label !== '', callbacks: { label: item => {
    const raw = item.raw;
    if (Array.isArray(raw)) return `${item.dataset.label}: ${number(raw[0])} to ${number(raw[1])}`;
    const level = item.chart.data.datasets[item.datasetIndex];
    if (level.fill === '-1') {
      return `${level.label}: ${number(item.chart.data.datasets[item.datasetIndex - 1].data[item.dataIndex])} to ${number(raw)}`;
    }
    return `${item.dataset.label}: ${number(raw)}`;
  } } };
  const rowChart = (labels, datasets, title) => ({
    type: 'line',
    data: { labels, datasets },
    options: options(categories(title), values('value', { grace: '3%' }), {
      plugins: { tooltip: rowLabel }
    })
  });
  const rowOf = canvas => data.rows[Number(canvas.dataset.row)];
  document.querySelectorAll('.c-row-both').forEach(canvas => draw(canvas, () =>
    rowChart(data.parameters, [...predicted(rowOf(canvas)), came(rowOf(canvas)), ...decided(rowOf(canvas), data.ordered)],
      'parameter, and the decision set against it')));
  document.querySelectorAll('.c-row-parameters').forEach(canvas => draw(canvas, () =>
    rowChart(data.parameters, [...predicted(rowOf(canvas)), came(rowOf(canvas))], 'parameter')));
  document.querySelectorAll('.c-row-decisions').forEach(canvas => draw(canvas, () =>
    rowChart(data.decisions, decided(rowOf(canvas), false), 'decision')));

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    drawn.forEach(entry => {
      entry.chart.destroy();
      entry.chart = new Chart(entry.canvas, entry.make());
      legend(entry);
    });
  });
})();
