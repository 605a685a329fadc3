(function(){var module={exports:{}};
'use strict';

module.exports = {
    moduleType: 'locale',
    name: 'ca',
    dictionary: {},
    format: {
        days: [
            'Diumenge', 'Dilluns', 'Dimarts', 'Dimecres',
            'Dijous', 'Divendres', 'Dissabte'
        ],
        shortDays: ['Dug', 'Dln', 'Dmt', 'Dmc', 'Djs', 'Dvn', 'Dsb'],
        months: [
            'Gener', 'Febrer', 'Març', 'Abril', 'Maig', 'Juny',
            'Juliol', 'Agost', 'Setembre', 'Octubre', 'Novembre', 'Desembre'
        ],
        shortMonths: [
            'Gen', 'Feb', 'Mar', 'Abr', 'Mai', 'Jun',
            'Jul', 'Ago', 'Set', 'Oct', 'Nov', 'Des'
        ],
        date: '%d/%m/%Y'
    }
};

var l=module.exports;if(window.Plotly&&Plotly.register)Plotly.register(l);else (window.PlotlyLocales=window.PlotlyLocales||[]).push(l);})();
