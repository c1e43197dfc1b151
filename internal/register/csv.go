package register

const formRow = "row"
